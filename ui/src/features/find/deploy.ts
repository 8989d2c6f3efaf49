/** The operator's address with site and flavor filled in. */
export const deployUrl = (template: string, site: string, flavor: string) =>
  template.replaceAll("{site}", encodeURIComponent(site)).replaceAll("{flavor}", encodeURIComponent(flavor));
