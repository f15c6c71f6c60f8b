import { render } from "solid-js/web";
import { App } from "./app.js";
import "./styles/base.css";
import "./styles/controls.css";
import "./styles/header.css";
import "./styles/matrix.css";
import "./styles/page.css";
import "./styles/picture.css";

render(() => <App />, document.getElementById("app") as HTMLElement);
