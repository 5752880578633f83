using Parley.Server.Metrics;
using Parley.Server.Options;
using Parley.Server.Tests.Support;
using Parley.TestKit;

namespace Parley.Server.Tests.Metrics;

public sealed class OtlpTests
{
    [Fact]
    public async Task Metrics_and_traces_are_sent_to_the_collector_that_the_setting_names()
    {
        await using var collector = await LocalCollector.StartAsync();
        var options = RealServer.FreePorts();
        Assert.True(OtlpTarget.TryParse(collector.Url.ToString(), out var target));
        (options.Otlp, options.TraceSample, options.History) = (target, 1, true);
        await using var server = await RealServer.StartAsync(options);
        await using var ann = await server.EnterAsync("ann");
        await ann.SendLineAsync("something private");
        await ann.ReadUntilAsync("ann: something private");

        // A room's flushes come one after the other: with the next message, that of the first is over.
        await ann.SendLineAsync("the next");
        await ann.ReadUntilAsync("ann: the next");
        await ann.DisposeAsync();
        await server.StopAsync();

        var requests = collector.Requests.ToArray();
        Assert.All(requests, request => Assert.Equal("application/x-protobuf", request.ContentType));
        var metrics = string.Concat(requests.Where(request => request.Path == "/v1/metrics").Select(request => request.Body));
        Assert.Contains("parley.messages.received", metrics, StringComparison.Ordinal);
        Assert.Contains("parley.history.messages", metrics, StringComparison.Ordinal);
        Assert.Contains("dotnet.gc.collections", metrics, StringComparison.Ordinal);
        var traces = string.Concat(requests.Where(request => request.Path == "/v1/traces").Select(request => request.Body));
        Assert.All(["message", "keep", "publish", "flush"], part => Assert.Contains(part, traces, StringComparison.Ordinal));
        Assert.DoesNotContain("something private", traces, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_collector_that_is_not_there_keeps_nobody_from_talking_or_stopping()
    {
        var options = RealServer.FreePorts();
        Assert.True(OtlpTarget.TryParse("http://127.0.0.1:1", out var target));
        options.Otlp = target;
        await using var server = await RealServer.StartAsync(options);
        await using var ann = await server.EnterAsync("ann");
        await ann.SendLineAsync("hello");
        await ann.ReadUntilAsync("ann: hello");
        await ann.DisposeAsync();
        await server.StopAsync();
    }

    [Fact]
    public void A_server_is_named_parley_and_a_node_by_its_name()
    {
        Assert.Equal(("parley", "node2"), Describe(new ParleyOptions { Node = "node2" }));
        var (name, instance) = Describe(new ParleyOptions());
        Assert.Equal("parley", name);
        Assert.True(Guid.TryParse(instance, out _), instance);
    }

    [Fact]
    public void The_environment_names_a_server_otherwise()
    {
        Environment.SetEnvironmentVariable("OTEL_SERVICE_NAME", "chat");
        Environment.SetEnvironmentVariable("OTEL_RESOURCE_ATTRIBUTES", "service.instance.id=chat-7");
        try
        {
            Assert.Equal(("chat", "chat-7"), Describe(new ParleyOptions { Node = "node2" }));
        }
        finally
        {
            Environment.SetEnvironmentVariable("OTEL_SERVICE_NAME", null);
            Environment.SetEnvironmentVariable("OTEL_RESOURCE_ATTRIBUTES", null);
        }
    }

    [Theory]
    [InlineData("environment", null, false)]
    [InlineData("environment", "http://127.0.0.1:4318", true)]
    [InlineData("off", "http://127.0.0.1:4318", false)]
    [InlineData("https://collector:4318/path", null, true)]
    public void Nothing_is_sent_unless_a_collector_is_named(string setting, string? environment, bool isOn)
    {
        Assert.True(OtlpTarget.TryParse(setting, out var target));
        Assert.Equal(isOn, target.IsOn(name => name == "OTEL_EXPORTER_OTLP_ENDPOINT" ? environment : null));
        Assert.Equal(setting, target.ToString());
    }

    [Theory]
    [InlineData("otlp", "collector:4318")]
    [InlineData("otlp", "")]
    [InlineData("trace-sample", "2")]
    [InlineData("trace-sample", "-0.5")]
    [InlineData("trace-sample", "NaN")]
    [InlineData("trace-sample", "0,5")]
    public void What_is_no_collector_and_no_share_is_told(string name, string value)
        => Assert.Contains("give ", Setting.All.Single(setting => setting.Name == name).Set(new ParleyOptions(), value), StringComparison.Ordinal);

    private static (string? Name, string? Instance) Describe(ParleyOptions options)
    {
        var attributes = OtlpExport.Describe(options).Build().Attributes.ToDictionary(each => each.Key, each => each.Value.ToString());
        return (attributes["service.name"], attributes["service.instance.id"]);
    }
}
