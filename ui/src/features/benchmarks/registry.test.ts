import { expect, test } from "vitest";

import { registryPage } from "./registry";

test.each([
  ["debian", "https://hub.docker.com/_/debian"],
  ["library/debian", "https://hub.docker.com/_/debian"],
  ["thechristophe/openbench-c-ray", "https://hub.docker.com/r/thechristophe/openbench-c-ray"],
  ["docker.io/user/app", "https://hub.docker.com/r/user/app"],
  ["quay.io/group/app", "https://quay.io/group/app"],
  ["localhost:5000/app", "https://localhost:5000/app"],
])("the image %s is read about at %s", (image, address) => {
  expect(registryPage(image)).toBe(address);
});
