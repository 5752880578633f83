using System.Net.Http.Headers;
using Parley.EndToEnd.Tests.Support;
using Parley.Storage.PostgreSql.Tests;

namespace Parley.EndToEnd.Tests;

/// <summary>docs/operations/history.md, "All of it in PostgreSQL": the built server keeps everything but uploaded files in a database.</summary>
public sealed class DatabaseTests(PostgreSqlServer database) : IClassFixture<PostgreSqlServer>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Accounts_rooms_tokens_hooks_and_history_outlive_a_kill_and_the_data_directory()
    {
        string address = database.NewEmptyAddress();
        using TemporaryFolder folder = new();
        await using ParleyServer first = await StartAsync(address, folder.Path, "--http", "127.0.0.1:0");
        await AddAsync(address, "Ann");
        string token = Assert.Single(await OutputAsync("token", "create", "CI", "--all-rooms", "--database", address));
        using (Chatter ann = await Chatter.ConnectAsync(first.LinesPort, "Ann"))
        {
            await LogInAsync(ann, "Ann");
            await ann.SayAsync("/join vault");
            await ann.SayAsync("/register");
            await ann.SayAsync("/topic plans");
            await SeesAsync(ann, "Ann changed the topic: plans");
            await ann.SayAsync("kept for ever");
            await SeesAsync(ann, "Ann: kept for ever");
            using HttpClient http = new() { BaseAddress = new Uri($"http://127.0.0.1:{first.HttpPort}") };
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            (await http.PostAsync("/rooms/vault/messages", new StringContent("built"), Token)).EnsureSuccessStatusCode();
            await SeesAsync(ann, "CI: built");
        }

        // The one of history and, where none is kept, the one of rooms.
        Assert.Equal(
            [$"Another server keeps its history in {Shown(address)}: stop that one, or use another database"],
            await RunAsync(1, "serve", "--lines", "127.0.0.1:0", "--addressed", "off", "--http", "off", "--irc", "off", "--database", address));
        Assert.Equal(
            [$"Another server keeps its rooms in {Shown(address)}: stop that one, or use another database"],
            await RunAsync(1, "serve", "--lines", "127.0.0.1:0", "--addressed", "off", "--http", "off", "--irc", "off", "--history", "false", "--database", address));
        first.Signal(Signals.Kill);
        await first.ExitAsync();
        Assert.DoesNotContain(Directory.EnumerateFiles(folder.Path), file => file.EndsWith(".db", StringComparison.Ordinal));

        using TemporaryFolder other = new();
        await using ParleyServer second = await StartAsync(address, other.Path);
        using Chatter again = await Chatter.ConnectAsync(second.LinesPort, "Ann");
        await LogInAsync(again, "Ann");
        await again.SayAsync("/join vault");
        await SeesAsync(again, "Topic - plans");
        await again.SayAsync("/search kept ever");
        await again.Heard.SkipToAsync("what was said", line => line.Contains("kept for ever", StringComparison.Ordinal));
        Assert.Contains(await RunAsync(0, "token", "list", "--database", address), line => line.StartsWith("CI ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Everything_moves_from_files_to_a_database_and_back_and_is_served_there()
    {
        string address = database.NewEmptyAddress();
        using TemporaryFolder folder = new();
        string data = Path.Combine(folder.Path, "data");
        await using (ParleyServer first = await ParleyServer.StartWithHistoryAsync(data, "--history-replay", "0"))
        {
            await AddAsync(address: null, "Ann", "--data", data);
            using Chatter ann = await Chatter.ConnectAsync(first.LinesPort, "Ann");
            await LogInAsync(ann, "Ann");
            await ann.SayAsync("kept for ever");
            await SeesAsync(ann, "Ann: kept for ever");
            Assert.Equal([$"A server is running with {data}: stop it first"], await RunAsync(1, "move", "--from", data, "--to", address));
        }

        string line = Assert.Single(await RunAsync(0, "move", "--from", data, "--to", address));
        Assert.StartsWith($"{Shown(address)} has 1 account, 0 registered rooms, 0 bans, 0 tokens, 0 web hooks and ", line, StringComparison.Ordinal);
        Assert.Contains("there already)", Assert.Single(await RunAsync(0, "move", "--from", data, "--to", address)), StringComparison.Ordinal);
        await using (ParleyServer second = await StartAsync(address, folder.Path))
        {
            using Chatter ann = await Chatter.ConnectAsync(second.LinesPort, "Ann");
            await LogInAsync(ann, "Ann");
            await ann.SayAsync("/search kept ever");
            await ann.Heard.SkipToAsync("what was said", each => each.Contains("kept for ever", StringComparison.Ordinal));
            await ann.SayAsync("said in the database");
            await SeesAsync(ann, "Ann: said in the database");
            Assert.Equal([$"A server is running with {Shown(address)}: stop it first"], await RunAsync(1, "move", "--from", address, "--to", data));
        }

        Assert.Contains("has messages that did not come from", Assert.Single(await RunAsync(1, "move", "--from", data, "--to", address)), StringComparison.Ordinal);
        string back = Path.Combine(folder.Path, "back");
        Assert.Contains("\"accounts\":1", Assert.Single(await RunAsync(0, "move", "--from", address, "--to", back, "--json")), StringComparison.Ordinal);
        Assert.Contains(await RunAsync(0, "history", "search", "--room", "main", "database", "--data", back), each => each.Contains("said in the database", StringComparison.Ordinal));
        Assert.StartsWith("Ann ", Assert.Single(await RunAsync(0, "account", "list", "--data", back)), StringComparison.Ordinal);
        Assert.Equal(
            ["There are no accounts in nowhere: name the server's data directory"],
            await RunAsync(1, "move", "--from", "nowhere", "--to", back));
    }

    [Fact]
    public async Task Verbs_beside_a_server_find_the_database_as_it_does_and_those_about_files_say_where_the_data_is()
    {
        string address = database.NewEmptyAddress();
        using TemporaryFolder folder = new();
        string config = Path.Combine(folder.Path, "parley.json");
        await File.WriteAllTextAsync(config, $$"""{ "database": "{{address}}", "data": "none" }""", Token);
        await AddAsync(address, "Ann");

        Assert.StartsWith("Ann ", Assert.Single(await RunAsync(0, "account", "list", "--config", config)), StringComparison.Ordinal);
        Assert.Equal(
            ["There are no accounts in " + folder.Path + ": name the server's data directory with --data"],
            await RunAsync(1, "account", "list", "--config", config, "--data", folder.Path));
        string[] lines = await RunAsync(0, "account", "remove", "Ann", "--yes", "--config", config);
        Assert.Equal("Ann removed", lines[0]);
        Assert.StartsWith($"Sessions of the account may go on, as no server of {Shown(address)} was told (the settings here name no socket of one): ", lines[1], StringComparison.Ordinal);
        foreach (string[] verb in new[] { new[] { "history", "stats" }, ["backup", Path.Combine(folder.Path, "backup")] })
        {
            Assert.Equal(
                $"{config}: database: the data is in {Shown(address)}, and this looks after files: use psql and pg_dump, or name a directory with --data",
                (await RunAsync(2, [.. verb, "--config", config]))[0]);
        }
    }

    /// <summary>The server of the settings is told by its socket; where those name none, the database tells the server, and standard error the operator.</summary>
    [Fact]
    public async Task A_server_without_a_directory_hears_what_lets_nobody_in_any_more()
    {
        const string fingerprint = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
        string address = database.NewEmptyAddress();
        using TemporaryFolder folder = new();
        string socket = Path.Combine(folder.Path, "admin.sock");
        Dictionary<string, string> settings = new() { ["PARLEY_DATABASE"] = address, ["PARLEY_DATA"] = "none", ["PARLEY_ADMIN"] = socket };
        await using ParleyServer server = await ParleyServer.StartAsync("--data", "none", "--database", address, "--admin", socket);
        await AddAsync(address, "Ann");
        await RunWithAsync(settings, "account", "certificate", "add", "Ann", fingerprint);
        using (Chatter ann = await Chatter.ConnectAsync(server.LinesPort, "Ann"))
        {
            await LogInAsync(ann, "Ann");
            Assert.Equal([$"Ann no longer logs in with {fingerprint}"], await RunWithAsync(settings, "account", "certificate", "remove", "Ann", fingerprint));
            await ann.Heard.SkipToAsync("that it is logged out", line => line.Contains("A way to log in to the account was taken away", StringComparison.Ordinal));
        }

        using Chatter again = await Chatter.ConnectAsync(server.LinesPort, "Ann");
        await LogInAsync(again, "Ann");
        settings["PARLEY_DATA"] = Path.Combine(folder.Path, "nothing");
        settings["PARLEY_ADMIN"] = "default";
        await using ChildProcess password = ChildProcess.Start(ParleyBinary.Path, ["account", "password", "Ann"], settings);
        await password.SendLineAsync("battery staple");
        password.EndInput();
        Assert.True(await password.ExitAsync() == 0, $"{password}");
        Assert.Equal(
            [$"Sessions of the account may go on, as no server of {Shown(address)} was told (none answers at {Path.Combine(folder.Path, "nothing", "admin.sock")}): restart a server that has not ended them, and next time name its socket, as PARLEY_ADMIN or \"admin\" of its settings file (--config)"],
            password.Errors.All);
        await again.Heard.SkipToAsync("that it is logged out", line => line.Contains("The account has another password", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_database_that_cannot_be_used_is_told_in_one_line_without_the_password()
    {
        string missing = database.NewAddress();
        Assert.Equal(
            [$"{Shown(missing)} is not there: make it, as with `createdb {missing[(missing.LastIndexOf('/', missing.IndexOf('?')) + 1)..missing.IndexOf('?')]}`"],
            await RunAsync(1, "serve", "--database", missing));
        foreach (string[] arguments in new[] { new[] { "serve" }, ["account", "list"], ["token", "list"] })
        {
            string line = Assert.Single(await RunAsync(1, [.. arguments, "--database", "postgres://ann:sesame@127.0.0.1:1/chat"]));
            Assert.StartsWith("postgres://127.0.0.1:1/chat cannot be reached (", line, StringComparison.Ordinal);
        }

        Assert.Equal(
            "--database: this will not do: give postgres://user:password@host:port/database, or none",
            (await RunAsync(2, "account", "list", "--database", "postgres://ann:sesame@host"))[0]);
        Assert.DoesNotContain(
            await RunWithAsync(new() { ["PARLEY_DATABASE"] = "postgres://ann:sesame@host/chat" }, "config", "explain"), line => line.Contains("sesame", StringComparison.Ordinal));
    }

    private static Task<ParleyServer> StartAsync(string address, string folder, params string[] settings)
        => ParleyServer.StartWithHistoryAsync(folder, ["--database", address, "--history-replay", "0", .. settings]);

    private static async Task AddAsync(string? address, string name, params string[] options)
    {
        await using ChildProcess add = ParleyBinary.Run(["account", "add", name, .. options, .. address is null ? Array.Empty<string>() : ["--database", address]]);
        await add.SendLineAsync("correct horse");
        add.EndInput();
        Assert.True(await add.ExitAsync() == 0, $"{add}");
    }

    private static async Task LogInAsync(Chatter client, string name)
    {
        await SeesAsync(client, "You joined main");
        await client.SayAsync($"/login {name}");
        await client.SayAsync("correct horse");
        await SeesAsync(client, $"You are logged in as {name}");
    }

    private static Task SeesAsync(Chatter client, string line) => client.Heard.SkipToAsync($"'{line}'", read => read == line);

    private static Task<string[]> RunAsync(int exitCode, params string[] arguments) => RunAsync(exitCode, null, arguments);

    private static Task<string[]> RunWithAsync(Dictionary<string, string> environment, params string[] arguments) => RunAsync(0, environment, arguments);

    private static async Task<string[]> RunAsync(int exitCode, Dictionary<string, string>? environment, string[] arguments)
    {
        await using ChildProcess parley = ChildProcess.Start(ParleyBinary.Path, arguments, environment);
        int code = await parley.ExitAsync();
        Assert.True(code == exitCode, $"{string.Join(' ', arguments)}: {code}\n{parley}");
        return [.. parley.Output.All, .. parley.Errors.All];
    }

    private static async Task<string[]> OutputAsync(params string[] arguments)
    {
        await using ChildProcess parley = ParleyBinary.Run(arguments);
        Assert.True(await parley.ExitAsync() == 0, $"{parley}");
        return [.. parley.Output.All];
    }

    private static string Shown(string address) => Parley.Storage.PostgreSql.DatabaseAddress.TryParse(address, out var parsed) ? parsed.ToString() : "";
}
