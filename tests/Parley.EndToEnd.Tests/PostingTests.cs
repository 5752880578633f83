using System.Text.Json;
using Parley.EndToEnd.Tests.Support;

namespace Parley.EndToEnd.Tests;

/// <summary>What programs say: by curl with a token, by netcat to the collector, across restarts.</summary>
public sealed class PostingTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("parley-posting-");

    private string Data => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_token_lets_curl_talk_until_it_is_revoked()
    {
        string curl = Programs.Need("curl");
        await using ParleyServer server = await ParleyServer.StartWithHistoryAsync(Data, "--http", "127.0.0.1:0", "--history-events", "off");
        using Chatter person = await Chatter.JoinAsync(server.LinesPort, "Ana");
        string token = await CreateTokenAsync();

        Assert.Equal(200, (await PostAsync(curl, server, token)).Status);
        await person.Heard.ExpectAsync("deploy joined", "deploy: deploy done");

        await RunAsync("token", "revoke", "deploy", "--data", Data);
        Assert.Equal(401, (await PostAsync(curl, server, token)).Status);
        string list = await RunAsync("token", "list", "--json", "--data", Data);
        JsonElement listed = JsonDocument.Parse(list).RootElement;
        Assert.Equal("revoked", listed.GetProperty("state").GetString());
        Assert.NotEqual(JsonValueKind.Null, listed.GetProperty("lastUsed").ValueKind);
        Assert.DoesNotContain(token, list);
    }

    [Fact]
    public async Task A_request_that_comes_again_after_a_restart_is_not_said_again()
    {
        string curl = Programs.Need("curl");
        string token = await CreateTokenAsync();
        string first;
        await using (ParleyServer server = await ParleyServer.StartWithHistoryAsync(Data, "--http", "127.0.0.1:0", "--history-events", "off"))
        {
            (int status, first) = await PostAsync(curl, server, token, "Idempotency-Key: release-42");
            Assert.Equal(200, status);
        }

        await using ParleyServer again = await ParleyServer.StartWithHistoryAsync(Data, "--http", "127.0.0.1:0", "--history-events", "off");
        Assert.Equal((200, first), await PostAsync(curl, again, token, "Idempotency-Key: release-42"));

        (_, string next) = await PostAsync(curl, again, token, "Idempotency-Key: release-43");
        Assert.Equal(2, JsonDocument.Parse(next).RootElement.GetProperty("number").GetInt64());
    }

    [Fact]
    public async Task Netcat_reports_a_line_and_is_told_ok()
    {
        Programs.Need("nc.openbsd", "nc", "ncat");
        await using ParleyServer server = await ParleyServer.StartAsync("--collect", "127.0.0.1:0", "--collect-room", "main", "--collect-name", "cron");
        using Chatter person = await Chatter.JoinAsync(server.LinesPort, "Ana");
        await using ChildProcess netcat = Programs.StartNetcat(server.CollectPort);

        await netcat.SendLineAsync("deploy done");

        await netcat.Output.ExpectAsync("ok");
        await person.Heard.ExpectAsync("cron joined", "cron: deploy done");
        netcat.EndInput();
    }

    [Fact]
    public async Task Whoever_reports_and_sends_no_more_is_answered_before_the_connection_closes()
    {
        await using ParleyServer server = await ParleyServer.StartAsync("--collect", "127.0.0.1:0", "--collect-room", "main");
        using LineSocket reporter = await LineSocket.ConnectAsync(server.CollectPort);

        await reporter.SendAsync("deploy done"u8.ToArray());
        reporter.HalfClose();

        Assert.Equal("ok", await reporter.ReadLineAsync());
        Assert.Null(await reporter.ReadLineAsync());
    }

    private static async Task<(int Status, string Body)> PostAsync(string curl, ParleyServer server, string token, string header = "X-Nothing: here")
    {
        await using ChildProcess process = ChildProcess.Start(
            curl,
            [
                "--silent", "--noproxy", "*", "--write-out", "\\n%{http_code}\\n", "--header", $"Authorization: Bearer {token}", "--header", header,
                "--header", "Content-Type: text/plain", "--data", "deploy done", $"http://127.0.0.1:{server.HttpPort}/rooms/main/messages",
            ]);
        Assert.True(await process.ExitAsync() == 0, $"{process}");
        return (int.Parse(process.Output.All[^1]), process.Output.All[0]);
    }

    private Task<string> CreateTokenAsync() => RunAsync("token", "create", "deploy", "--room", "main", "--data", Data);

    /// <summary>A verb that does what it is to; what it prints.</summary>
    private static async Task<string> RunAsync(params string[] arguments)
    {
        await using ChildProcess process = ParleyBinary.Run(arguments);
        Assert.True(await process.ExitAsync() == 0, $"{process}");
        return string.Join('\n', process.Output.All);
    }
}
