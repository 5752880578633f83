[assembly: AssemblyFixture(typeof(Parley.Browser.Tests.Support.Chromium))]

// A browser is several processes: more of them at a time than there are processors only makes each test wait.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
