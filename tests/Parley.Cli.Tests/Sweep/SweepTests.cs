using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Parley.Cli.Tests.Chat;

namespace Parley.Cli.Tests.Sweep;

/// <summary><c>parley sweep</c> as its users see it; whom it finds and how is tested in Parley.Net.Tests.</summary>
public sealed class SweepTests : IDisposable
{
    private readonly TcpListener _open = new(IPAddress.Loopback, 0);

    public SweepTests() => _open.Start();

    private int OpenPort => ((IPEndPoint)_open.LocalEndpoint).Port;

    public void Dispose() => _open.Dispose();

    [Fact(Timeout = 60_000)]
    public async Task Those_who_are_there_are_shown_and_all_are_counted()
    {
        using ParleyProcess parley = ParleyProcess.Start("sweep", "127.0.0.1-2", "--port", $"{OpenPort}", "--timeout", "30");
        string[] lines = await LinesAsync(parley);

        Assert.Equal(4, lines.Length);
        Assert.Matches(@"^127\.0\.0\.1 +answers  \d+\.\d{3} ms$", Assert.Single(lines, line => line.StartsWith("127.0.0.1 ", StringComparison.Ordinal)));
        Assert.Matches(@"^127\.0\.0\.2 +refuses  \d+\.\d{3} ms$", Assert.Single(lines, line => line.StartsWith("127.0.0.2 ", StringComparison.Ordinal)));
        Assert.Matches(@"^2 targets in \d+\.\d\d s: 1 answering, 1 refusing, 0 silent$", lines[2]);
        Assert.Matches(@"^round trip min/avg/max/mdev \d+\.\d{3}/\d+\.\d{3}/\d+\.\d{3}/0\.000 ms$", lines[3]);
        Assert.Equal((0, ""), await parley.ExitAsync());
    }

    [Fact(Timeout = 60_000)]
    public async Task As_json_there_is_an_object_for_each_target_and_one_for_the_summary()
    {
        using ParleyProcess parley = ParleyProcess.Start("sweep", "127.0.0.1-2", "--port", $"{OpenPort}", "--json", "--timeout", "30");
        JsonElement[] objects = [.. (await LinesAsync(parley)).Select(line => JsonDocument.Parse(line).RootElement)];

        Assert.Equal(3, objects.Length);
        Assert.Equal(
            ["127.0.0.1 answered", "127.0.0.2 refused"],
            objects[..2].Select(one => $"{one.GetProperty("target")} {one.GetProperty("result")}").Order(StringComparer.Ordinal));
        JsonElement summary = objects[2].GetProperty("summary");
        Assert.Equal((2, 1, 1), (summary.GetProperty("targets").GetInt32(), summary.GetProperty("answered").GetInt32(), summary.GetProperty("refused").GetInt32()));
    }

    [Fact(Timeout = 60_000)]
    public async Task Nobody_is_exit_code_1()
    {
        using ParleyProcess parley = ParleyProcess.Start("sweep", "127.0.0.2", "--port", $"{OpenPort}");
        Assert.Equal((1, ""), await parley.ExitAsync());
    }

    [Fact(Timeout = 60_000)]
    public async Task A_parley_server_is_known_by_its_greeting_and_what_others_say_drives_no_terminal()
    {
        Task answering = AnswerAsync("Server commands\n"u8.ToArray(), "\e[2J220 mail\r\n"u8.ToArray());
        foreach (string expected in (string[])[@"answers  [\d.]+ ms$", @"something else  [\d.]+ ms  says: \?\[2J220 mail$"])
        {
            using ParleyProcess parley = ParleyProcess.Start("sweep", "127.0.0.1", "--parley", "--port", $"{OpenPort}", "--timeout", "30", "--all");
            Assert.Matches(expected, (await LinesAsync(parley))[0]);
        }

        await answering;
    }

    [Fact(Timeout = 60_000)]
    public async Task Of_those_that_are_no_parley_server_only_the_number_is_shown()
    {
        Task answering = AnswerAsync("220 mail\r\n"u8.ToArray(), "Server commands\n"u8.ToArray());
        using ParleyProcess none = ParleyProcess.Start("sweep", "127.0.0.1-2", "--parley", "--port", $"{OpenPort}", "--timeout", "30");
        Assert.Matches(@"^2 targets in [\d.]+ s: 0 answering, 1 something else, 1 refusing, 0 silent$", Assert.Single(await LinesAsync(none)));
        Assert.Equal((1, ""), await none.ExitAsync());

        using ParleyProcess one = ParleyProcess.Start("sweep", "127.0.0.1-2", "--parley", "--port", $"{OpenPort}", "--timeout", "30");
        string[] lines = await LinesAsync(one);
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("127.0.0.1 ", lines[0], StringComparison.Ordinal);
        Assert.Matches(": 1 answering, 1 refusing, 0 silent$", lines[1]);
        await answering;
    }

    [Fact(Timeout = 60_000)]
    public async Task Ctrl_C_ends_a_sweep_with_what_it_knows()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "No signals to send there");
        using ParleyProcess parley = ParleyProcess.Start("sweep", "127.0.0.1", "--parley", "--port", $"{OpenPort}", "--timeout", "3600");
        using Socket waiting = await _open.AcceptSocketAsync(TestContext.Current.CancellationToken);
        await parley.SignalAsync("INT");

        Assert.Matches("^0 targets in ", Assert.Single(await LinesAsync(parley)));
        Assert.Equal((130, ""), await parley.ExitAsync());
    }

    [Theory(Timeout = 60_000)]
    [InlineData("'10.0.0.0/8' is 16777214 addresses, more than 65536: give a smaller range", "10.0.0.0/8")]
    [InlineData("Together that is more than 10 targets: give fewer, or raise --max-targets", "127.0.0.1-6", "127.0.0.7-11", "--max-targets", "10")]
    [InlineData("'127.0.0.5-2' is not a range: write FIRST-LAST with the smaller first, as in 127.0.0.1-40 or 127.0.0.1-127.0.1.20", "127.0.0.5-2")]
    [InlineData("'0' will not do for --max-targets: give a number from 1 to 1048576", "127.0.0.1", "--max-targets", "0")]
    [InlineData("'x' is not a port: give a number from 1 to 65535", "127.0.0.1", "--port", "x")]
    [InlineData("'-1' will not do for --timeout: give seconds from 0.01 to 3600, such as 0.5", "127.0.0.1", "--timeout", "-1")]
    public async Task Wrong_arguments_send_nothing_and_say_what_to_give(string error, params string[] arguments)
    {
        using ParleyProcess parley = ParleyProcess.Start(["sweep", .. arguments]);
        Assert.Equal((2, $"{error}\nTry: parley sweep --help\n"), await parley.ExitAsync());
    }

    private static async Task<string[]> LinesAsync(ParleyProcess parley) =>
        (await parley.Output.ReadToEndAsync(TestContext.Current.CancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private async Task AnswerAsync(params byte[][] greetings)
    {
        foreach (byte[] greeting in greetings)
        {
            using Socket socket = await _open.AcceptSocketAsync(TestContext.Current.CancellationToken);
            await socket.SendAsync(greeting, TestContext.Current.CancellationToken);
        }
    }
}
