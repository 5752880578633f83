using Parley.TestKit;

namespace Parley.Tour.Tests;

public sealed class SampleTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("parley-tour-").FullName;

    public static TheoryData<string> Samples => [.. Tour.All.Select(sample => sample.Path)];

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task A_sample_prints_what_its_header_says(string path)
    {
        Sample sample = Tour.Find(path);
        SampleRun run = await SampleRun.OfAsync(Safety.Timeout, SampleCompiler.Compile(sample, _folder));
        run.Expect(sample);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
