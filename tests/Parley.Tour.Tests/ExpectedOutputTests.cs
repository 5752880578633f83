namespace Parley.Tour.Tests;

/// <summary>The comparison can fail.</summary>
public sealed class ExpectedOutputTests
{
    private static readonly ExpectedOutput Expected = ExpectedOutput.Parse(
        ["// Output:", "//   first", "// Then, in any order:", "//   left", "//   right", "// Then:", "//   last"]);

    [Theory]
    [InlineData("first", "left", "right", "last")]
    [InlineData("first", "right", "left", "last")]
    public void Lines_of_a_group_without_order_may_come_in_any(params string[] printed) => Assert.Null(Expected.Mismatch(printed));

    [Theory]
    [InlineData("left", "first", "right", "last")]
    [InlineData("first", "left", "last", "right")]
    [InlineData("first", "left", "left", "last")]
    [InlineData("first", "left", "right")]
    [InlineData("first", "left", "right", "last", "more")]
    [InlineData("first", "left", "right", "Last")]
    [InlineData("first", "left", "right ", "last")]
    [InlineData("")]
    public void Another_output_is_found(params string[] printed) => Assert.NotNull(Expected.Mismatch(printed));

    [Fact]
    public async Task A_sample_whose_output_has_changed_is_found()
    {
        string folder = Directory.CreateTempSubdirectory("parley-tour-").FullName;
        try
        {
            Sample sample = Tour.Chapters[0];
            string changed = sample.Text.Replace("0));\nmain.Visit();", "0));", StringComparison.Ordinal);
            Assert.NotEqual(sample.Text, changed);

            SampleRun run = await SampleRun.OfAsync(TestKit.Safety.Timeout, SampleCompiler.Compile(Sample.Parse(sample.Path, changed), folder));

            Assert.StartsWith("From line 1 on it should print", sample.Output.Mismatch(run.Output), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_header_without_output_is_an_error() =>
        Assert.Throws<FormatException>(() => Sample.Parse("a.cs", "#:property PublishAot=false\n\n// Title\n\nreturn;\n"));

    [Fact]
    public void What_is_no_output_between_lines_of_output_is_an_error() =>
        Assert.Throws<FormatException>(() => ExpectedOutput.Parse(["// Output:", "//   first", "// second"]));
}
