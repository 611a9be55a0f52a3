// The chance that libtorch draws dropout from, and its number of threads, are the process's: two trainings side by side
// would change each other's results.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
