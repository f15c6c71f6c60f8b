export { type Recipe, recipeFrom } from "./recipe.js";
export { type DataSource, type ProgramDescription, toTypeScript } from "./to-typescript.js";
