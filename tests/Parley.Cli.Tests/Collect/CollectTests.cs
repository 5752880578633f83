using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;
using Parley.Cli.Tests.Chat;

namespace Parley.Cli.Tests.Collect;

/// <summary><c>parley collect</c> as its users see it; what it takes is tested in Parley.Net.Tests.</summary>
public sealed class CollectTests
{
    [Fact(Timeout = 60_000)]
    public async Task Lines_are_written_as_they_come_and_answered()
    {
        using ParleyProcess collector = ParleyProcess.Start("collect", "127.0.0.1:0");
        using TcpClient sender = await ConnectAsync(collector);
        using var answers = new StreamReader(sender.GetStream());

        await sender.GetStream().WriteAsync("backup done\n"u8.ToArray(), TestContext.Current.CancellationToken);
        Assert.Equal("ok", await answers.ReadLineAsync(TestContext.Current.CancellationToken));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z 127\.0\.0\.1:\d+ backup done$", await collector.SeeAsync());

        await collector.SignalAsync("TERM");
        Assert.Equal((0, ""), await collector.ExitAsync());
    }

    [Fact(Timeout = 60_000)]
    public async Task As_json_a_line_is_an_object()
    {
        using ParleyProcess collector = ParleyProcess.Start("collect", "127.0.0.1:0", "--json");
        using TcpClient sender = await ConnectAsync(collector);
        await sender.GetStream().WriteAsync("a \"quoted\" one\n"u8.ToArray(), TestContext.Current.CancellationToken);

        using JsonDocument line = JsonDocument.Parse((await collector.SeeAsync())!);
        Assert.Equal("a \"quoted\" one", line.RootElement.GetProperty("text").GetString());
        await collector.SignalAsync("INT");
        Assert.Equal(0, (await collector.ExitAsync()).ExitCode);
    }

    [Fact(Timeout = 60_000)]
    public async Task When_nobody_reads_what_it_writes_any_more_it_ends()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Closed pipes are watched where poll(2) is");
        using ParleyProcess collector = ParleyProcess.Start("collect", "127.0.0.1:0");
        using TcpClient sender = await ConnectAsync(collector);
        collector.Output.Close();
        Assert.Equal(0, (await collector.ExitAsync()).ExitCode);
    }

    private static async Task<TcpClient> ConnectAsync(ParleyProcess collector)
    {
        string start = (await collector.SeeErrorAsync())!;
        Assert.StartsWith("collect    127.0.0.1:", start, StringComparison.Ordinal);
        Assert.Equal("ready", await collector.SeeErrorAsync());
        var sender = new TcpClient();
        await sender.ConnectAsync("127.0.0.1", int.Parse(start.Split(':')[^1], CultureInfo.InvariantCulture), TestContext.Current.CancellationToken);
        return sender;
    }
}
