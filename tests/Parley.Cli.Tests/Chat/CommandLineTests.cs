namespace Parley.Cli.Tests.Chat;

public sealed class CommandLineTests
{
    [Theory(Timeout = 60_000)]
    [InlineData("Unknown option '--bogus'\nTry: parley chat --help\n", "chat", "--bogus")]
    [InlineData("'x' is not a port: give a number from 1 to 65535, as in 127.0.0.1:42069\nTry: parley chat --help\n", "chat", "host:x")]
    [InlineData("'[::1' is not an address: write HOST:PORT or [IPV6]:PORT, as in [::1]:42069\nTry: parley chat --help\n", "chat", "[::1")]
    [InlineData("The addressed protocol starts with a name: add --login NAME\nTry: parley chat --help\n", "chat", "--addressed")]
    [InlineData("--login needs a name of visible characters\nTry: parley chat --help\n", "chat", "--login", "a\nb")]
    [InlineData("Unrecognized command or argument 'bogus'.\nTry: parley --help\n", "bogus")]
    [InlineData("Unrecognized command or argument 'chatt'. Did you mean chat?\nTry: parley --help\n", "chatt")]
    [InlineData("Unrecognized command or argument 'exprot'. Did you mean export?\nTry: parley history --help\n", "history", "exprot")]
    [InlineData("Unrecognized command or argument '--max-lime-bytes'. Did you mean --max-line-bytes?\nUnrecognized command or argument '9'.\nTry: parley serve --help\n", "serve", "--max-lime-bytes", "9")]
    public async Task Wrong_arguments_exit_with_2_and_say_where_the_help_is(string errors, params string[] arguments)
    {
        using ParleyProcess parley = ParleyProcess.Start(arguments);

        Assert.Equal((2, errors), await parley.ExitAsync());
        Assert.Equal("", await parley.Output.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("Usage:\n  parley [command] [options]")]
    [InlineData("Usage:\n  parley [command] [options]", "--help")]
    [InlineData("Examples:\n  parley chat ", "chat", "--help")]
    [InlineData("0.", "--version")]
    public async Task Help_and_version_go_to_standard_output(string expected, params string[] arguments)
    {
        using ParleyProcess parley = ParleyProcess.Start(arguments);

        string output = await parley.Output.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Contains(expected, output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Equal((0, ""), await parley.ExitAsync());
    }
}
