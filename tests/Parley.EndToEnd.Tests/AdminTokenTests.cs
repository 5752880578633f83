using System.Globalization;
using System.Text.Json;
using Parley.EndToEnd.Tests.Support;

namespace Parley.EndToEnd.Tests;

/// <summary>Tokens that look after a server over HTTP, made by <c>parley token create --admin</c> and used by curl.</summary>
public sealed class AdminTokenTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Data => _folder.Path;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_token_may_do_its_part_alone_and_until_it_is_revoked()
    {
        string curl = Programs.Need("curl");
        await using ParleyServer server = await ParleyServer.StartWithHistoryAsync(Data, "--http", "127.0.0.1:0");
        string reader = Assert.Single(await RunAsync(0, "token", "create", "watch", "--admin", "read", "--days", "90", "--data", Data));
        string keeper = Assert.Single(await RunAsync(0, "token", "create", "panel", "--admin", "read", "--admin", "accounts", "--days", "1", "--data", Data));
        const string Ann = """{"accountName":"ann","passphrase":"correct horse"}""";

        (int status, JsonElement answer) = await AskAsync(curl, server, reader, "status", "{}");
        Assert.Equal((200, true), (status, answer.GetProperty("success").GetBoolean()));
        Assert.Equal(403, (await AskAsync(curl, server, reader, "ns/saregister", Ann)).Status);
        Assert.Equal(403, (await AskAsync(curl, server, keeper, "rehash", "{}")).Status);
        Assert.Equal(401, (await AskAsync(curl, server, "parley_nobody", "status", "{}")).Status);
        Assert.Empty(await RunAsync(0, "account", "list", "--data", Data));

        Assert.Equal(200, (await AskAsync(curl, server, keeper, "ns/saregister", Ann)).Status);
        Assert.StartsWith("ann ", Assert.Single(await RunAsync(0, "account", "list", "--data", Data)), StringComparison.Ordinal);

        await RunAsync(0, "token", "revoke", "panel", "--data", Data);
        Assert.Equal(401, (await AskAsync(curl, server, keeper, "status", "{}")).Status);
        Assert.Equal(200, (await AskAsync(curl, server, reader, "status", "{}")).Status);
    }

    [Fact]
    public async Task A_token_has_an_end_and_one_without_is_not_made()
    {
        await RunAsync(0, "token", "create", "watch", "--admin", "read", "--days", "90", "--data", Data);

        JsonElement listed = JsonDocument.Parse(Assert.Single(await RunAsync(0, "token", "list", "--json", "--data", Data))).RootElement;
        TimeSpan life = listed.GetProperty("expires").GetDateTimeOffset() - listed.GetProperty("created").GetDateTimeOffset();
        Assert.Equal(("admin:read", 90d), (listed.GetProperty("scopes").GetString(), life.TotalDays));

        string[] refusal = await RunAsync(2, "token", "create", "forever", "--admin", "read", "--data", Data);
        Assert.Contains(refusal, line => line.Contains("give --days N", StringComparison.Ordinal));
        Assert.Single(await RunAsync(0, "token", "list", "--json", "--data", Data));
    }

    private static async Task<(int Status, JsonElement Answer)> AskAsync(string curl, ParleyServer server, string token, string method, string body)
    {
        await using ChildProcess process = ChildProcess.Start(
            curl,
            [
                "--silent", "--noproxy", "*", "--write-out", "\\n%{http_code}\\n", "--header", $"Authorization: Bearer {token}",
                "--header", "Content-Type: application/json", "--data", body, $"http://127.0.0.1:{server.HttpPort}/v1/{method}",
            ]);
        Assert.True(await process.ExitAsync() == 0, $"{process}");
        return (int.Parse(process.Output.All[^1], CultureInfo.InvariantCulture), JsonDocument.Parse(process.Output.All[0]).RootElement);
    }

    /// <summary>A verb that ends with that exit code; what it prints, if it succeeds on standard output alone.</summary>
    private static async Task<string[]> RunAsync(int exitCode, params string[] arguments)
    {
        await using ChildProcess process = ParleyBinary.Run(arguments);
        Assert.True(await process.ExitAsync() == exitCode, $"{process}");
        return [.. (exitCode == 0 ? process.Output : process.Errors).All];
    }
}
