using Parley.EndToEnd.Tests.Support;

namespace Parley.EndToEnd.Tests;

/// <summary>An operator looks after the built server with its own program: status, reload, backup, drain.</summary>
public sealed class AdminTests
{
    [Fact]
    public async Task A_server_is_looked_at_reloaded_backed_up_drained_and_restored()
    {
        using TemporaryFolder folder = new();
        string data = Path.Combine(folder.Path, "data");
        string config = Path.Combine(folder.Path, "parley.json");
        string backup = Path.Combine(folder.Path, "backup");
        File.WriteAllText(config, $$"""{ "lines": "127.0.0.1:0", "addressed": "off", "irc": "off", "http": "off", "data": "{{data}}" }""");
        await using ParleyServer server = await StartAsync(config);
        using (Chatter ann = await Chatter.JoinAsync(server.LinesPort, "Ann"))
        {
            await ann.SayAndHearAsync("kept for ever");
            Assert.Contains("health   ready", await RunAsync(0, "status", "--data", data));
            Assert.Contains("\"name\":\"Ann\"", Assert.Single(await RunAsync(0, "users", "--json", "--config", config)));
            Assert.Contains("main  1      -", await RunAsync(0, "rooms", "--data", data));

            File.WriteAllText(config, $$"""{ "lines": "127.0.0.1:0", "addressed": "off", "irc": "off", "http": "off", "data": "{{data}}", "historyReplay": 5, "maxRooms": 7 }""");
            Assert.Equal(
                ["SETTING         RUNNING  GIVEN  APPLIES", "history-replay  20       5      by parley reload", "max-rooms       100      7      at the next start"],
                await RunAsync(0, "config", "diff", "--config", config));
            Assert.Contains("history-replay  20   5         applied", await RunAsync(0, "reload", "--config", config));

            // By signal, too; and a file that will not do leaves everything as it is.
            File.WriteAllText(config, "{ broken");
            Assert.Contains(await RunAsync(1, "reload", "--data", data), line => line.Contains("parley.json", StringComparison.Ordinal));
            server.Signal(Signals.HangUp);
            await server.Log.SkipToAsync("the refusal", line => line.Contains("those before stay in use", StringComparison.Ordinal));
            await ann.SayAndHearAsync("still here");

            await RunAsync(0, "backup", backup, "--data", data);
            await ann.SayAndHearAsync("said after the backup");
            Assert.Equal([$"{backup} is there already: name another directory, or remove it"], await RunAsync(1, "backup", backup, "--data", data));
            Assert.Equal([$"A server is running with {data}: stop it first"], await RunAsync(1, "restore", backup, "--data", data));
        }

        Assert.Equal(["The server has stopped"], await RunAsync(0, "drain", "--data", data));
        Assert.Equal(0, await server.ExitAsync());
        Assert.StartsWith("No server answers at ", Assert.Single(await RunAsync(1, "status", "--data", data)), StringComparison.Ordinal);

        Assert.Contains($"{data} has the data of {backup} now; the data before is in ", Assert.Single(await RunAsync(0, "restore", backup, "--data", data)), StringComparison.Ordinal);
        string[] restored = await RunAsync(0, "history", "export", "--room", "main", "--data", data);
        Assert.Contains(restored, line => line.Contains("\"still here\"", StringComparison.Ordinal));
        Assert.DoesNotContain(restored, line => line.Contains("said after the backup", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_damaged_backup_is_refused_and_nothing_changes()
    {
        using TemporaryFolder folder = new();
        string data = Path.Combine(folder.Path, "data");
        string backup = Path.Combine(folder.Path, "backup");
        await using (ParleyServer server = await ParleyServer.StartWithHistoryAsync(data))
        {
            using Chatter ann = await Chatter.JoinAsync(server.LinesPort, "Ann");
            await ann.SayAndHearAsync("hello");
            await RunAsync(0, "backup", backup, "--data", data);
        }

        await using (FileStream file = File.OpenWrite(Path.Combine(backup, "history.db")))
        {
            file.Write(new byte[4096]);
        }

        Assert.Contains("history.db is damaged", Assert.Single(await RunAsync(1, "restore", backup, "--data", data)), StringComparison.Ordinal);
        Assert.Contains(await RunAsync(0, "history", "export", "--data", data), line => line.Contains("\"hello\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Settings_are_checked_and_explained_before_a_server_has_them()
    {
        using TemporaryFolder folder = new();
        string config = Path.Combine(folder.Path, "parley.json");
        // Ports of its own: those that a server has without settings may be another test's at the moment, which would be a note.
        File.WriteAllText(config, """{ "lines": "127.0.0.1:0", "addressed": "off", "irc": "off", "ircs": "off", "http": "off", "maxLineBytes": 1000 }""");

        Assert.Equal([$"{config}: a server would start with these settings"], await RunAsync(0, "config", "check", "--config", config));
        string[] explained = await RunAsync(0, "config", "explain", "maxLineBytes", "--config", config);
        Assert.Equal($"max-line-bytes  1000   by restart  {config}: maxLineBytes", explained[1]);
        Assert.Contains("There is no setting 'max-lime-bytes'. Did you mean max-line-bytes?", await RunAsync(2, "config", "explain", "max-lime-bytes"));

        File.WriteAllText(config, """{ "maxLimeBytes": 1000 }""");
        Assert.Equal([$"{config}: maxLimeBytes: there is no such setting; did you mean maxLineBytes?"], await RunAsync(2, "config", "check", "--config", config));
    }

    private static Task<ParleyServer> StartAsync(string config) => ParleyServer.WhenReadyAsync(ParleyBinary.Run("serve", "--config", config));

    private static async Task<string[]> RunAsync(int exitCode, params string[] arguments)
    {
        await using ChildProcess parley = ParleyBinary.Run(arguments);
        int code = await parley.ExitAsync();
        Assert.True(code == exitCode, $"{string.Join(' ', arguments)}: {code}\n{parley}");
        return [.. parley.Output.All, .. parley.Errors.All];
    }
}
