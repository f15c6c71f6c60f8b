/**
 * PyTorch's threads: its own (`torch.set_num_threads`) and those of OpenBLAS, which computes its products and does not listen
 * to that call. Products alone on two threads are its best row on larger networks: the two kinds of threads then never wait
 * for the same core.
 *
 * @typedef {{ id: string, title: string, threads: number, products: number }} TorchThreads
 * @type {readonly TorchThreads[]}
 */
export const torchThreads = [
  { id: "1", title: "1 thread", threads: 1, products: 1 },
  { id: "1-products-2", title: "1 thread, products on 2", threads: 1, products: 2 },
  { id: "2", title: "2 threads", threads: 2, products: 2 },
];
