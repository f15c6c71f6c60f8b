/** Texts of the page itself; a view's own are in `en/<view>.ts`. */
export const en = {
  lab: "lab",
  skip: "Skip to the content",
  views: "Views",
  menu: "Menu",
  language: "Language",
  theme: "Theme",
  themes: { auto: "Auto", light: "Light", dark: "Dark" },
  share: "Share",
  shared: "Link copied: it opens exactly this screen.",
  shareByHand: "The address of this page is the link: it opens exactly this screen.",
  loading: "Opening …",
  broken: "This view could not be opened:",
  savePicture: (kind: string) => `Save as ${kind}`,
  footer: "Everything runs in this page. Nothing you type, draw or drop leaves it.",
  next: "Next",
  nav: {
    home: "Overview",
    forward: "Forward",
    activations: "Activations",
    softmax: "Softmax",
    backward: "Backward",
    troubles: "What goes wrong",
    playground: "Playground",
  },
};

export type Texts = typeof en;
