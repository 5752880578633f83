using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Parley.Cli.Tests.Chat;

namespace Parley.Cli.Tests.Verbs;

/// <summary><c>parley config check</c>: a server starts with what it finds to be good, and with nothing else.</summary>
public sealed class ConfigCheckTests : IDisposable
{
    private static readonly string[] Off = ["lines", "addressed", "irc", "ircs", "http"];

    private readonly string _directory = Directory.CreateTempSubdirectory("parley-check-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory(Timeout = 120_000)]
    [InlineData("historyStore", "foo", "history-store: this will not do: give data, or postgres://user:password@host:port/database")]
    [InlineData("cluster", "foo", "cluster: this will not do: give postgres://user:password@host:port/database, or none")]
    [InlineData("database", "foo", "database: this will not do: give postgres://user:password@host:port/database, or none")]
    [InlineData("admin", "/nowhere/admin.sock", "admin: there is no directory /nowhere: make it, or give another file, or none")]
    [InlineData("data", "DIR/check.json", "data: DIR/check.json is no directory: give another one, or none")]
    [InlineData("tlsCertificate", "/nowhere/cert.pem", "tls-key: TLS needs a certificate and its key: give both tls-certificate and tls-key, or neither")]
    public async Task What_a_server_does_not_start_with_is_an_error(string name, string value, string error)
    {
        Assert.Equal((2, error.Replace("DIR", _directory, StringComparison.Ordinal) + "\n"), await CheckAsync((name, value.Replace("DIR", _directory, StringComparison.Ordinal))));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_certificate_that_nobody_is_shown_is_no_error()
    {
        Assert.Equal((0, ""), await CheckAsync(("tlsCertificate", "/nowhere/cert.pem"), ("tlsKey", "/nowhere/key.pem")));
        Assert.Equal(2, (await CheckAsync(("tlsCertificate", "/nowhere/cert.pem"), ("tlsKey", "/nowhere/key.pem"), ("https", "127.0.0.1:0"))).ExitCode);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_taken_address_and_one_of_another_machine_are_told_and_are_no_errors()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();

        Assert.Equal(
            (0, $"lines: {other.LocalEndpoint} is taken now, by a server that runs or by another program\nirc: 192.0.2.1:6667 is no address of this machine now\n"),
            await CheckAsync(("lines", other.LocalEndpoint.ToString()!), ("irc", "192.0.2.1:6667")));
    }

    [Fact(Timeout = 120_000)]
    public async Task JSON_has_the_verdict_and_each_line()
    {
        var file = Write([("historyStore", "foo")]);
        using var parley = ParleyProcess.Start("config", "check", "--config", file, "--json");

        using var answer = JsonDocument.Parse((await parley.SeeAsync())!);
        Assert.Equal(file, answer.RootElement.GetProperty("file").GetString());
        Assert.False(answer.RootElement.GetProperty("ok").GetBoolean());
        Assert.StartsWith("history-store: ", answer.RootElement.GetProperty("errors")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal((2, ""), await parley.ExitAsync());
    }

    private async Task<(int ExitCode, string Errors)> CheckAsync(params (string Name, string Value)[] settings)
    {
        using var parley = ParleyProcess.Start("config", "check", "--config", Write(settings));
        return await parley.ExitAsync();
    }

    private string Write((string Name, string Value)[] settings)
    {
        var file = Path.Combine(_directory, "check.json");
        Dictionary<string, string> all = Off.ToDictionary(name => name, _ => "off");
        all["data"] = Path.Combine(_directory, "data");
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        File.WriteAllText(file, JsonSerializer.Serialize(all));
        return file;
    }
}
