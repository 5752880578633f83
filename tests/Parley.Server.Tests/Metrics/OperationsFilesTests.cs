using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Parley.Server.Nodes;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Metrics;

/// <summary>The dashboard, the alert rules and the page in docs/operations ask for metrics that there are.</summary>
public sealed partial class OperationsFilesTests
{
    /// <summary>Prometheus' own, and what only comes with an exception or when something is lost.</summary>
    private static readonly string[] NotFromTheStart = ["up", "dotnet_exceptions_total"];

    [Fact]
    public async Task Every_panel_of_the_dashboard_asks_for_metrics_that_there_are()
    {
        using var dashboard = JsonDocument.Parse(Read("grafana-dashboard.json"));
        var panels = dashboard.RootElement.GetProperty("panels").EnumerateArray().ToArray();
        Assert.Equal(panels.Length, panels.Select(panel => panel.GetProperty("id").GetInt32()).Distinct().Count());
        var asked = panels
            .SelectMany(panel => panel.GetProperty("targets").EnumerateArray())
            .SelectMany(target => MetricsIn(target.GetProperty("expr").GetString()!))
            .ToHashSet(StringComparer.Ordinal);
        var there = await MetricsThatThereAreAsync();
        Assert.Empty(asked.Except(there.Names).Except(NotFromTheStart));

        // And each instrument of ours has its panel.
        var ours = there.Types.Keys.Where(name => name.StartsWith("parley_", StringComparison.Ordinal));
        Assert.All(ours, name => Assert.Contains(asked, metric => metric == name || metric == name + "_bucket"));
    }

    [Fact]
    public async Task Every_alert_asks_for_metrics_that_there_are_and_says_what_to_do()
    {
        var rules = Read("alerts.yml").Split("- alert: ")[1..];
        Assert.True(rules.Length >= 5);
        var there = await MetricsThatThereAreAsync();
        foreach (var rule in rules)
        {
            var expression = ExpressionPattern().Match(rule);
            Assert.True(expression.Success, rule);
            Assert.Empty(MetricsIn(expression.Groups["expression"].Value).Except(there.Names).Except(NotFromTheStart));
            Assert.Contains("severity: ", rule, StringComparison.Ordinal);
            Assert.Contains("summary: ", rule, StringComparison.Ordinal);
            Assert.Contains("description: ", rule, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_kinds_of_errors_that_alerts_and_the_page_name_are_all_there_are()
    {
        var there = await MetricsThatThereAreAsync();
        var kinds = there.Samples.Keys.Select(sample => KindPattern().Match(sample)).Where(kind => kind.Success).Select(kind => kind.Groups["kind"].Value).ToArray();
        var alerted = KindSelectorPattern().Matches(Read("alerts.yml")).SelectMany(match => match.Groups["kinds"].Value.Split('|'));
        Assert.Empty(alerted.Except(kinds));
        var page = Read("monitoring.md");
        Assert.All(kinds, kind => Assert.Contains($"`{kind}`", page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_page_lists_every_metric_of_the_servers_own()
    {
        var page = Read("monitoring.md");
        var there = await MetricsThatThereAreAsync();
        var ours = there.Types.Keys.Where(name => name.StartsWith("parley_", StringComparison.Ordinal)).ToArray();
        Assert.All(ours, name => Assert.Contains($"`{name}", page, StringComparison.Ordinal));
        var listed = MetricPattern().Matches(page).Select(name => name.Value).Where(name => name.StartsWith("parley_", StringComparison.Ordinal));
        Assert.Empty(listed.Except(ours));
    }

    private static string Read(string file) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "operations", file));

    /// <summary>Those of a node of a cluster, after some talk, with history.</summary>
    private static async Task<PrometheusText> MetricsThatThereAreAsync()
    {
        await using var server = await RealServer.StartAsync(history: true, configureServices: services => services.AddSingleton<IServerNodes>(new ScriptedNodes()));
        await using var ann = await server.EnterAsync("ann");
        await ann.SendLineAsync("hello");
        await ann.ReadUntilAsync("ann: hello");

        // The first request is counted when it has ended.
        await server.GetAsync("/health/live");
        string[] recorded = ["http_server_request_duration_seconds", "parley_message_latency_seconds", "parley_send_size_bytes"];
        return await server.UntilAsync(metrics => recorded.All(metrics.Types.ContainsKey));
    }

    private static IEnumerable<string> MetricsIn(string expression)
        => MetricPattern().Matches(QuotedPattern().Replace(expression, "")).Select(name => name.Value);

    [GeneratedRegex(@"\b(?:(?:parley|dotnet|kestrel|http_server)_[a-z0-9_]+|up(?=\{))")]
    private static partial Regex MetricPattern();

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex QuotedPattern();

    [GeneratedRegex("expr: (?<expression>.+)\n")]
    private static partial Regex ExpressionPattern();

    [GeneratedRegex("^parley_errors_total\\{kind=\"(?<kind>[a-z_]+)\"")]
    private static partial Regex KindPattern();

    [GeneratedRegex("kind=~?\"(?<kinds>[^\"]+)\"")]
    private static partial Regex KindSelectorPattern();
}
