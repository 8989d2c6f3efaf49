/** Where people read about an image: Docker Hub for short names, else the registry's own page, which some have. */
export function registryPage(image: string): string {
  const [first = "", ...rest] = image.split("/");
  const named = rest.length > 0 && (/[.:]/.test(first) || first === "localhost");
  if (!named) return hub(image);
  if (first === "docker.io" || first === "index.docker.io") return hub(rest.join("/"));
  return `https://${image}`;
}

function hub(image: string): string {
  const name = image.replace(/^library\//, "");
  return name.includes("/") ? `https://hub.docker.com/r/${name}` : `https://hub.docker.com/_/${name}`;
}
