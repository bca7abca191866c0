"""Update rules of the solvers, and the numeric kernels they call."""
