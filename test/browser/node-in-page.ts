/** The little of Node that the suites use, for a page: files are asked of the server, packages are not there. */

const fetched = new Map<string, string | undefined>();

function fetchNow(path: string): string | undefined {
  if (!fetched.has(path)) {
    const request = new XMLHttpRequest();
    request.open("GET", path, false);
    request.send();
    fetched.set(path, request.status === 200 ? request.responseText : undefined);
  }
  return fetched.get(path);
}

export const existsSync = (path: string): boolean => path.endsWith(".json") && fetchNow(path) !== undefined;

export function readFileSync(path: string): string {
  const text = fetchNow(path);
  if (text === undefined) throw new Error(`the server has no ${path}`);
  return text;
}

export const fileURLToPath = (url: URL): string => url.pathname;

export const createRequire = () => ({
  resolve: (name: string): string => {
    throw new Error(`${name} is not there in a page`);
  },
});
