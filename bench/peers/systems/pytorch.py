"""PyTorch in eager mode, the same protocol as child.mjs. The case's numbers come in a file of float32 (and int32 labels).

`plain` is what people write: Linear modules, cross_entropy, torch.optim.SGD.
`lean` is the least that eager PyTorch can do: no modules, autograd.grad, one foreach update.
"""

import json
import os
import resource
import sys
import time

file, options = sys.argv[1], json.loads(sys.argv[2])
# OpenBLAS has threads of its own, which torch.set_num_threads does not know: unset, products run on every core.
os.environ["OPENBLAS_NUM_THREADS"] = str(options["products"])

import numpy  # noqa: E402
import torch  # noqa: E402

torch.set_num_threads(options["threads"])
torch.set_num_interop_threads(1)


def say(value):
    print(json.dumps(value), flush=True)


with open(file, "rb") as stream:
    header = json.loads(stream.readline())
    raw = stream.read()
at = 0


def take(kind, *shape):
    global at
    count = int(numpy.prod(shape))
    values = numpy.frombuffer(raw, dtype=kind, count=count, offset=at).reshape(shape).copy()
    at += 4 * count
    return torch.from_numpy(values)


sizes, batch, rate = header["sizes"], header["batch"], header["rate"]
weights = [(take("float32", o, i), take("float32", o)) for i, o in zip(sizes, sizes[1:])]
batches = [(take("float32", batch, sizes[0]), take("int32", batch).long()) for _ in range(header["batches"])]
raw = None
cross_entropy = torch.nn.functional.cross_entropy
loss = None

if options["form"] == "plain":
    layers = []
    for index, (W, b) in enumerate(weights):
        layer = torch.nn.Linear(W.shape[1], W.shape[0])
        with torch.no_grad():
            layer.weight.copy_(W)
            layer.bias.copy_(b)
        layers += [layer] if index == len(weights) - 1 else [layer, torch.nn.ReLU()]
    network = torch.nn.Sequential(*layers)
    optimizer = torch.optim.SGD(network.parameters(), lr=rate)

    def step(index):
        global loss
        x, t = batches[index]
        optimizer.zero_grad(set_to_none=True)
        loss = cross_entropy(network(x), t)
        loss.backward()
        optimizer.step()

else:
    parameters = [p.requires_grad_() for pair in weights for p in pair]
    Ws, bs = parameters[0::2], parameters[1::2]
    last = len(Ws) - 1

    def step(index):
        global loss
        a, t = batches[index]
        for i in range(last):
            a = torch.addmm(bs[i], a, Ws[i].t()).relu()
        loss = cross_entropy(torch.addmm(bs[last], a, Ws[last].t()), t)
        gradients = torch.autograd.grad(loss, parameters)
        with torch.no_grad():
            torch._foreach_add_(parameters, gradients, alpha=-rate)


def timed(count, batch_of):
    times = []
    for i in range(count):
        index = batch_of(i)
        start = time.perf_counter_ns()
        step(index)
        times.append((time.perf_counter_ns() - start) / 1000)
    return times


def blas():
    """Which library does the matrix products: it decides most of the time on large nets."""
    try:
        with open("/proc/self/maps") as maps:
            text = maps.read()
        return next((name for name in ("openblas", "mkl", "blis") if name in text), "reference BLAS")
    except OSError:
        return "unknown BLAS"


torch.mm(torch.ones(2, 2), torch.ones(2, 2))
say({"version": f"{torch.__version__}, {blas()}"})
for line in sys.stdin:
    request = json.loads(line)
    if request["do"] == "check":
        times = timed(header["steps"], lambda i: i % len(batches))
        say({"loss": loss.item(), "times": times})
    elif request["do"] == "time":
        until, warm = time.perf_counter() + request["warm"] / 1000, 0
        while True:
            step(0)
            warm += 1
            if time.perf_counter() >= until or warm >= 1000:
                break
        say({"times": timed(request["steps"], lambda i: 0)})
    elif request["do"] == "memory":
        say({"peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024})
    else:
        break
