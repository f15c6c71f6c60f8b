import { type Component, lazy } from "solid-js";
import type { ViewName } from "../model/state.js";

/** The views, one line each, in the order of the header; each is loaded when it is opened. */
export const views: Readonly<Record<ViewName, Component>> = {
  home: lazy(() => import("./home.js")),
  forward: lazy(() => import("./forward.js")),
  activations: lazy(() => import("./activations.js")),
  softmax: lazy(() => import("./softmax.js")),
  backward: lazy(() => import("./backward.js")),
  troubles: lazy(() => import("./troubles.js")),
  playground: lazy(() => import("./playground.js")),
};
