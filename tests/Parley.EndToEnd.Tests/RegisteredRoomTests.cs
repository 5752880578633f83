using Parley.EndToEnd.Tests.Support;

namespace Parley.EndToEnd.Tests;

/// <summary>Registered rooms of the built server, over a kill, and as its operator looks after them.</summary>
public sealed class RegisteredRoomTests
{
    [Fact]
    public async Task A_registered_room_outlives_a_kill_and_an_account_that_is_removed_and_the_operator_looks_after_it()
    {
        using TemporaryFolder folder = new();
        await using ParleyServer first = await ParleyServer.StartWithHistoryAsync(folder.Path);
        using Chatter ann = await Chatter.ConnectAsync(first.LinesPort, "Ann");
        await AddAsync(folder.Path, "Ann");
        await AddAsync(folder.Path, "Bob");
        await LogInAsync(ann, "Ann");
        foreach (string line in new[] { "/join vault", "/register", "/topic plans", "/role Bob operator" })
        {
            await ann.SayAsync(line);
        }

        await SeesAsync(ann, "Bob - operator");
        Assert.Contains("vault  Ann ", (await RunAsync(0, "room", "list", "--data", folder.Path))[1], StringComparison.Ordinal);
        first.Signal(Signals.Kill);
        await first.ExitAsync();

        await using ParleyServer second = await ParleyServer.StartWithHistoryAsync(folder.Path);
        Assert.Contains(await RunAsync(0, "room", "info", "vault", "--data", folder.Path), line => line.StartsWith("operator    Bob, since ", StringComparison.Ordinal));
        using Chatter bob = await Chatter.ConnectAsync(second.LinesPort, "Bob");
        await LogInAsync(bob, "Bob");
        await bob.SayAsync("/join vault");
        await SeesAsync(bob, "Topic - plans");

        await RunAsync(0, "account", "remove", "Ann", "--yes", "--data", folder.Path);
        Assert.Contains("\"founder\":\"Bob\"", Assert.Single(await RunAsync(0, "room", "info", "vault", "--json", "--data", folder.Path)), StringComparison.Ordinal);
        Assert.Equal(["There is no account Nobody: parley account list says which there are"], await RunAsync(1, "room", "register", "barn", "Nobody", "--data", folder.Path));
        Assert.Equal(["barn is registered"], await RunAsync(0, "room", "register", "barn", "Bob", "--data", folder.Path));
        Assert.Equal(["barn is registered already"], await RunAsync(1, "room", "register", "barn", "Bob", "--data", folder.Path));
        Assert.Equal(["loft is not registered: parley room list says which are"], await RunAsync(1, "room", "transfer", "loft", "Bob", "--data", folder.Path));
        await RunAsync(2, "room", "unregister", "barn", "--data", folder.Path);
        Assert.Equal(["barn is registered no more"], await RunAsync(0, "room", "unregister", "barn", "--yes", "--data", folder.Path));
        Assert.Equal(["barn is not registered: parley room list says which are"], await RunAsync(1, "room", "info", "barn", "--data", folder.Path));
    }

    private static async Task AddAsync(string data, string name)
    {
        await using ChildProcess add = ParleyBinary.Run("account", "add", name, "--data", data);
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

    private static async Task<string[]> RunAsync(int exitCode, params string[] arguments)
    {
        await using ChildProcess parley = ParleyBinary.Run(arguments);
        int code = await parley.ExitAsync();
        Assert.True(code == exitCode, $"{string.Join(' ', arguments)}: {code}\n{parley}");
        return [.. parley.Output.All, .. parley.Errors.All];
    }
}
