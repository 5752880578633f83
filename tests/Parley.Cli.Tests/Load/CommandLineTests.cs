using Parley.Cli.Tests.Chat;

namespace Parley.Cli.Tests.Load;

public sealed class CommandLineTests
{
    [Theory(Timeout = 60_000)]
    [InlineData("'fast' will not do: give a time such as 2s, or a range such as 2s-4s or 100ms-200ms\nTry: parley bots --help\n", "bots", "--every", "fast")]
    [InlineData("'x' will not do: give 2 to 64 bytes of letters, digits and - _ . +\nTry: parley bots --help\n", "bots", "--simple-room", "x")]
    [InlineData("'space' will not do: give one of garden, harbour, kitchen\nTry: parley bots --help\n", "bots", "--theme", "space")]
    [InlineData("No bots: give at least one of --simple, --themed and --stress above 0\nTry: parley bots --help\n", "bots", "--simple", "0", "--themed", "0", "--stress", "0")]
    [InlineData("'0s' will not do: give a time such as 500ms, 30s or 2m, 24h at most, above 0\nTry: parley bench --help\n", "bench", "--duration", "0s")]
    [InlineData("'39' will not do: give a whole number from 40 to 65536\nTry: parley bench --help\n", "bench", "--size", "39")]
    [InlineData("--rate is an open loop and --window a closed one: give one of them\nTry: parley bench --help\n", "bench", "--rate", "5", "--window", "1")]
    [InlineData("'x' is not a port: give a number from 1 to 65535, as in 127.0.0.1:42069\nTry: parley bench --help\n", "bench", "host:x")]
    public async Task Wrong_arguments_exit_with_2_and_say_what_to_give(string errors, params string[] arguments)
    {
        using ParleyProcess parley = ParleyProcess.Start(arguments);

        Assert.Equal((2, errors), await parley.ExitAsync());
        Assert.Equal("", await parley.Output.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("[default: 2s-4s]", "bots", "--help")]
    [InlineData("parley bots --duration 2m ", "bots", "--help")]
    [InlineData("[default: 127.0.0.1, at the protocol's own port]", "bench", "--help")]
    [InlineData("--protocol <lines|irc|ws>", "bots", "--help")]
    [InlineData("parley bench compare before.json after.json --threshold 25", "bench", "compare", "--help")]
    public async Task Help_has_examples_and_defaults(string expected, params string[] arguments)
    {
        using ParleyProcess parley = ParleyProcess.Start(arguments);

        Assert.Contains(expected, await parley.Output.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal((0, ""), await parley.ExitAsync());
    }

    [Theory(Timeout = 60_000)]
    [InlineData("--lines", "bots")]
    [InlineData("--lines", "bench")]
    [InlineData("--irc", "bench", "--protocol", "irc")]
    [InlineData("--http", "bots", "--protocol", "WS")]
    [InlineData("--lines-tls", "bench", "--tls")]
    [InlineData("--ircs", "bench", "--protocol", "irc", "--tls")]
    [InlineData("--https", "bench", "--protocol", "ws", "--tls")]
    public async Task No_server_is_told_with_what_to_do(string setting, string verb, params string[] way)
    {
        int port = ScriptedServer.ClosedPort();
        using ParleyProcess parley = ParleyProcess.Start([verb, $"127.0.0.1:{port}", .. way]);

        (int exitCode, string errors) = await parley.ExitAsync();
        Assert.Equal(1, exitCode);
        Assert.EndsWith($"No server listening on 127.0.0.1:{port}. Start one with: parley serve {setting} 127.0.0.1:{port}\n", errors, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_server_that_does_not_show_a_client_what_it_says_itself_is_told()
    {
        using var server = new ScriptedServer();
        using ParleyProcess parley = ParleyProcess.Start("bench", server.Address, "--protocol", "irc", "--clients", "1", "--senders", "1");
        await server.AcceptAsync();
        await server.SayAsync(":old.example CAP * NAK :echo-message\r\n");

        Assert.Equal(
            (1, "After 0 of 1 connections: The server has no echo-message, without which a load cannot check what it says itself\n"),
            await parley.ExitAsync());
    }

    [Fact(Timeout = 60_000)]
    public async Task A_server_that_refuses_is_told_in_its_own_words()
    {
        using var server = new ScriptedServer();
        using ParleyProcess parley = ParleyProcess.Start("bench", server.Address, "--clients", "1", "--senders", "1");
        await server.AcceptAsync();
        await server.SayAsync("Too many connections from your address (at most 16), close one first\n");
        server.Close();

        Assert.Equal(
            (1, "After 0 of 1 connections: The server refused a connection: Too many connections from your address (at most 16), close one first\n"),
            await parley.ExitAsync());
    }
}
