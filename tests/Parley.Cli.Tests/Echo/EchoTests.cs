using System.Text.Json;
using Parley.Cli.Tests.Chat;

namespace Parley.Cli.Tests.Echo;

/// <summary><c>parley echo serve</c> and <c>send</c> against each other.</summary>
public sealed class EchoTests
{
    [Fact(Timeout = 60_000)]
    public async Task What_is_sent_comes_back_and_the_report_says_so()
    {
        using ParleyProcess server = ParleyProcess.Start("echo", "serve", "127.0.0.1:0");
        string address = (await server.SeeAsync())!["echo".Length..].Trim();
        Assert.Equal("ready", await server.SeeAsync());

        using (ParleyProcess sender = ParleyProcess.Start("echo", "send", address, "--clients", "5", "--count", "20", "--size", "100", "--timeout", "30"))
        {
            string report = await sender.Output.ReadToEndAsync(TestContext.Current.CancellationToken);
            Assert.Matches(
                @"^5 of 5 clients, 100 lines of 100 bytes in \d+\.\d\d s: 100 came back, 0 wrong, 0 lost\nround trip p50 [\d.]+ ms, p90 [\d.]+ ms, p99 [\d.]+ ms, p99\.9 [\d.]+ ms, max [\d.]+ ms\n$",
                report);
            Assert.Equal((0, ""), await sender.ExitAsync());
        }

        using (ParleyProcess sender = ParleyProcess.Start("echo", "send", address, "--json", "--timeout", "30"))
        {
            JsonElement report = JsonDocument.Parse(await sender.Output.ReadToEndAsync(TestContext.Current.CancellationToken)).RootElement;
            Assert.Equal((10, 10, 0), (report.GetProperty("sent").GetInt32(), report.GetProperty("returned").GetInt32(), report.GetProperty("lost").GetInt32()));
            Assert.Equal((0, ""), await sender.ExitAsync());
        }

        await server.SignalAsync("INT");
        Assert.Equal((0, "6 clients, 110 lines\n"), await server.ExitAsync());
    }

    [Fact(Timeout = 60_000)]
    public async Task Without_a_server_the_report_says_why_and_the_exit_code_is_1()
    {
        int port;
        using (var closed = new ScriptedServer())
        {
            port = closed.Port;
        }

        using ParleyProcess sender = ParleyProcess.Start("echo", "send", $"127.0.0.1:{port}", "--clients", "3");
        Assert.Contains("\n3 clients failed: ", await sender.Output.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal((1, ""), await sender.ExitAsync());
    }

    [Fact(Timeout = 60_000)]
    public async Task A_port_in_use_is_told_with_what_to_do()
    {
        using var taken = new ScriptedServer();
        using ParleyProcess server = ParleyProcess.Start("echo", "serve", $"127.0.0.1:{taken.Port}");
        Assert.Equal(
            (1, $"Cannot listen on 127.0.0.1:{taken.Port}: something else does. Stop it, or give another port (0 takes a free one)\n"),
            await server.ExitAsync());
    }

    [Theory(Timeout = 60_000)]
    [InlineData("'10' will not do for --size: give a number from 24 to 16777216\nTry: parley echo send --help\n", "send", "--size", "10")]
    [InlineData("'localhost:x' will not do: give HOST:PORT such as 127.0.0.1:42072\nTry: parley echo serve --help\n", "serve", "localhost:x")]
    [InlineData("Required command was not provided.\nTry: parley echo --help\n")]
    public async Task Wrong_arguments_exit_with_2_and_say_where_the_help_is(string errors, params string[] arguments)
    {
        using ParleyProcess parley = ParleyProcess.Start(["echo", .. arguments]);
        Assert.Equal((2, errors), await parley.ExitAsync());
    }
}
