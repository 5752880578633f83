using System.Net;
using System.Text;
using Parley.Net.Collect;

namespace Parley.Net.Tests.Collect;

public sealed class StatusSinkTests
{
    private readonly MemoryStream _output = new();
    private readonly StatusLine _line = new(
        new DateTimeOffset(2026, 6, 1, 14, 0, 0, 5, TimeSpan.FromHours(2)), new IPEndPoint(IPAddress.Loopback, 5), "say \"hi\"\t\e[31m\u0085 ümlaut");

    [Fact]
    public async Task Text_is_a_line_without_control_characters()
    {
        await new TextStatusSink(_output).WriteAsync(_line, TestContext.Current.CancellationToken);
        Assert.Equal("2026-06-01T12:00:00.005Z 127.0.0.1:5 say \"hi\"\t\\u001B[31m\\u0085 ümlaut\n", Written());
    }

    [Fact]
    public async Task Json_is_an_object_a_line()
    {
        var sink = new JsonStatusSink(_output);
        await sink.WriteAsync(_line, TestContext.Current.CancellationToken);
        await sink.WriteAsync(_line with { Text = "b" }, TestContext.Current.CancellationToken);

        string[] lines = Written().Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.Equal("", lines[2]);
        Assert.Equal("{\"time\":\"2026-06-01T12:00:00.005Z\",\"from\":\"127.0.0.1:5\",\"text\":\"b\"}", lines[1]);
        using var json = System.Text.Json.JsonDocument.Parse(lines[0]);
        Assert.Equal(_line.Text, json.RootElement.GetProperty("text").GetString());
    }

    private string Written() => Encoding.UTF8.GetString(_output.ToArray());
}
