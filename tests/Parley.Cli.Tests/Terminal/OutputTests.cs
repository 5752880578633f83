using Parley.Cli.Tests.Chat;

namespace Parley.Cli.Tests.Terminal;

/// <summary>The words and the exit code of a verb whose output cannot be written.</summary>
public sealed class OutputTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("parley-output-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory(Timeout = 120_000)]
    [InlineData("history export --data DIR")]
    [InlineData("history stats --data DIR")]
    [InlineData("history search --data DIR --room main apple")]
    [InlineData("account list --data DIR")]
    [InlineData("token create ci --room main --data DIR")]
    [InlineData("hook add http://127.0.0.1:9/ --data DIR")]
    [InlineData("config template")]
    [InlineData("--help")]
    public async Task A_full_disk_is_told_in_one_line_and_fails(string commandLine)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There is /dev/full on Linux");
        await FillAsync();

        foreach (var redirection in new[] { "> /dev/full", ">&-" })
        {
            using var parley = ParleyProcess.StartRedirected(redirection, Words(commandLine));
            var (exitCode, errors) = await parley.ExitAsync();

            Assert.Equal(1, exitCode);
            Assert.StartsWith("The output cannot be written: ", errors, StringComparison.Ordinal);
            Assert.Single(errors, '\n');
        }
    }

    [Fact(Timeout = 120_000)]
    public async Task A_token_whose_secret_could_not_be_shown_is_good_for_nothing()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There is /dev/full on Linux");
        using (var parley = ParleyProcess.StartRedirected("> /dev/full", Words("token create ci --room main --data DIR")))
        {
            Assert.Equal(1, (await parley.ExitAsync()).ExitCode);
        }

        using var list = ParleyProcess.Start(Words("token list --json --data DIR"));
        Assert.Contains("\"state\":\"revoked\"", await list.SeeAsync(), StringComparison.Ordinal);
        Assert.Equal(0, (await list.ExitAsync()).ExitCode);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_reader_that_has_gone_is_no_failure()
    {
        await FillAsync(messages: 20_000);
        using var parley = ParleyProcess.Start(Words("history export --data DIR"));
        Assert.NotNull(await parley.SeeAsync());
        parley.Output.Close();

        Assert.Equal((0, ""), await parley.ExitAsync());
    }

    private string[] Words(string commandLine) => commandLine.Replace("DIR", _directory, StringComparison.Ordinal).Split(' ');

    private async Task FillAsync(int messages = 1)
    {
        using var parley = ParleyProcess.Start("history", "import", "--data", _directory);
        for (var number = 1; number <= messages; number++)
        {
            await parley.Input.WriteAsync(
                $$"""{"room":"main","number":{{number}},"time":"2026-06-01T12:00:00+00:00","author":"Ann","kind":"text","text":"red apple"}""" + "\n");
        }

        parley.Input.Close();
        Assert.Equal((0, ""), await parley.ExitAsync());
        using var account = ParleyProcess.Start("account", "add", "ann", "--data", _directory);
        await account.Input.WriteAsync("a long password\n");
        account.Input.Close();
        Assert.Equal((0, ""), await account.ExitAsync());
    }
}
