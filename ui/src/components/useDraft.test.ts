import { act, renderHook } from "@testing-library/react";
import { expect, test } from "vitest";

import { useDraft } from "./useDraft";

test("of a draft beyond what the browser stores, the rest outlives a reload", () => {
  const blank = { site: "", json: "" };
  const { result, unmount } = renderHook(() => useDraft("large", blank));
  act(() => result.current.change({ site: "CESGA", json: "x".repeat(20_000_000) }));
  expect(result.current.draft.json).toHaveLength(20_000_000);
  unmount();
  expect(renderHook(() => useDraft("large", blank)).result.current.draft).toEqual({ site: "CESGA", json: "" });
});
