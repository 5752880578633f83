using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Parley.EndToEnd.Tests.Support;

namespace Parley.EndToEnd.Tests;

/// <summary>A web hook, as its owner sees it: added to a running server, checked as docs/protocols/hooks.md says, and removed.</summary>
public sealed class WebHookTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("parley-hook-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_hook_that_is_added_while_the_server_runs_is_posted_what_it_is_about_and_signed()
    {
        using HookOwner owner = new();
        await using ParleyServer server = await ParleyServer.StartWithHistoryAsync(_folder.FullName, "--history-events", "off");
        using Chatter person = await Chatter.JoinAsync(server.LinesPort, "Ana");

        JsonElement hook = JsonDocument.Parse(await RunAsync("hook", "add", owner.Url, "--mention", "deploy", "--json")).RootElement;
        await server.Log.SkipToAsync("the hook", line => line.Contains("Web hooks: 1", StringComparison.Ordinal));
        await person.SayAsync("nothing of note");
        await person.SayAsync("the Deploy, is it done?");

        var (headers, body) = await Safety.WaitForAsync(owner.TakeAsync(), "the hook's request", server.Log.ToString);
        JsonElement message = JsonDocument.Parse(body).RootElement;
        Assert.Equal(("main.2", "mention", "the Deploy, is it done?"), (Text(message, "id"), Text(message, "event"), Text(message, "text")));
        Assert.True(IsSigned(headers["parley-signature"], body, Text(hook, "secret")));

        await RunAsync("hook", "remove", hook.GetProperty("id").GetRawText());
        await server.Log.SkipToAsync("no hook", line => line.Contains("Web hooks: 0", StringComparison.Ordinal));
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private static bool IsSigned(string header, string body, string secret)
    {
        string[] parts = header.Split(',');
        byte[] signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{parts[0]["t=".Length..]}.{body}"));
        return parts[1] == $"v1={Convert.ToHexStringLower(signature)}";
    }

    private async Task<string> RunAsync(params string[] arguments)
    {
        await using ChildProcess process = ParleyBinary.Run([.. arguments, "--data", _folder.FullName]);
        Assert.True(await process.ExitAsync() == 0, $"{process}");
        return string.Join('\n', process.Output.All);
    }
}
