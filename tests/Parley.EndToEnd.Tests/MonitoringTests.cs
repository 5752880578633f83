using System.Text;
using Parley.EndToEnd.Tests.Support;

namespace Parley.EndToEnd.Tests;

/// <summary>What others' programs say: Prometheus' own tool of the metrics and the alert rules, a JavaScript engine of the status page.</summary>
public sealed class MonitoringTests
{
    [Fact]
    public async Task Promtool_finds_nothing_wrong_with_the_metrics()
    {
        string promtool = Programs.Need("promtool");
        await using ParleyServer server = await ParleyServer.WhenReadyAsync(
            ParleyBinary.Run("serve", "--lines", "127.0.0.1:0", "--addressed", "off", "--http", "127.0.0.1:0"));
        using LineSocket ann = await LineSocket.ConnectAsync(server.LinesPort);
        await ann.SendLineAsync("hello");
        while (await ann.ReadLineAsync() is { } line && !line.EndsWith(": hello", StringComparison.Ordinal))
        {
            // What she is told when she comes.
        }

        using HttpClient http = new() { Timeout = Safety.Timeout };
        string metrics = await http.GetStringAsync($"http://127.0.0.1:{server.HttpPort}/metrics", TestContext.Current.CancellationToken);

        await using ChildProcess check = ChildProcess.Start(promtool, ["check", "metrics"]);
        await check.SendBytesAsync(Encoding.UTF8.GetBytes(metrics));
        check.EndInput();
        int exitCode = await check.ExitAsync();

        // 3: matters of taste, which it tells of what the runtime and Kestrel name, too. None may be about a metric of ours.
        Assert.True(exitCode is 0 or 3, $"{check}");
        Assert.DoesNotContain("parley_", $"{check}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_status_page_counts_right()
    {
        await using ChildProcess check = ChildProcess.Start(
            Programs.Need("node"), ["--test", Path.Combine(AppContext.BaseDirectory, "StatusPage", "measures.test.mjs")]);
        Assert.True(await check.ExitAsync() == 0, $"{check}");
    }

    [Fact]
    public async Task Promtool_finds_nothing_wrong_with_the_alert_rules()
    {
        string promtool = Programs.Need("promtool");
        await using ChildProcess check = ChildProcess.Start(promtool, ["check", "rules", Path.Combine(AppContext.BaseDirectory, "operations", "alerts.yml")]);
        Assert.True(await check.ExitAsync() == 0, $"{check}");
    }
}
