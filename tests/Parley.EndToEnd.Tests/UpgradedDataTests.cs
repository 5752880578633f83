using System.Text;
using System.Text.RegularExpressions;
using Parley.EndToEnd.Tests.Support;

namespace Parley.EndToEnd.Tests;

/// <summary>The built server on the data directory that the first one has made: see README.md there for what is in it.</summary>
public sealed partial class UpgradedDataTests
{
    private static readonly string Data = Path.Combine(ParleyBinary.Repository, "tests", "Parley.Storage.Sqlite.Tests", "Upgrade", "Data");

    [Fact]
    public async Task Whoever_had_an_account_logs_in_reads_searches_and_finds_what_it_had_read_and_nobody_else_is_shown_it()
    {
        using TemporaryFolder folder = new();
        foreach (string file in Directory.GetFiles(Data, "*.db"))
        {
            File.Copy(file, Path.Combine(folder.Path, Path.GetFileName(file)));
        }

        await using (ParleyServer server = await StartAsync(folder.Path))
        {
            using LineSocket ann = await LogInAsync(server, "Ann", "correct horse Ann");
            Assert.Equal(["timestamp=2026-01-02T03:04:05.678Z"], TextsOf(await AskAsync(ann, "MARKREAD #main"), "MARKREAD"));
            await AskAsync(ann, "JOIN #main");
            Assert.Equal(["hello all", "hello Ann", "a guest was here"], TextsOf(await AskAsync(ann, "CHATHISTORY LATEST #main * 50"), "PRIVMSG"));
            Assert.Equal(["hello all", "hello Ann"], TextsOf(await AskAsync(ann, "SEARCH in=#main;text=HELLO"), "PRIVMSG"));
            Assert.Empty(TextsOf(await AskAsync(ann, "SEARCH in=#main;text=secret"), "PRIVMSG"));
            Assert.Equal(["to Bob under another nick", "answer of Bob"], TextsOf(await AskAsync(ann, "CHATHISTORY LATEST Bobby * 50"), "PRIVMSG"));
            Assert.Equal(["to a guest", "from a guest"], TextsOf(await AskAsync(ann, "CHATHISTORY LATEST Guest1 * 50"), "PRIVMSG"));
            Assert.Equal(["answer of Bob"], TextsOf(await AskAsync(ann, "SEARCH in=Bobby;text=answer"), "PRIVMSG"));

            using LineSocket anew = await LogInAsync(server, "gil38", "another horse");
            Assert.Empty(TextsOf(await AskAsync(anew, "CHATHISTORY LATEST Bobby * 50"), "PRIVMSG"));
            Assert.Empty(TextsOf(await AskAsync(anew, "CHATHISTORY LATEST Bob * 50"), "PRIVMSG"));
        }

        // What it was asked has changed nothing of what is there, and it opens again.
        await using (ParleyServer server = await StartAsync(folder.Path))
        {
            using LineSocket bob = await LogInAsync(server, "Bob", "correct horse Bob");
            Assert.Equal(["secret of the first gil38", "secret to the first gil38"], TextsOf(await AskAsync(bob, "CHATHISTORY LATEST gil38 * 50"), "PRIVMSG"));
        }

        Assert.Contains(await RunAsync("token", "list", "--data", folder.Path), line => line.Contains("deploy", StringComparison.Ordinal));
        Assert.Contains(await RunAsync("hook", "list", "--data", folder.Path), line => line.Contains("http://127.0.0.1:9/b", StringComparison.Ordinal));
        Assert.Equal(0, await ExitAsync("history", "check", "--data", folder.Path));
    }

    private static Task<ParleyServer> StartAsync(string folder) => ParleyServer.StartWithHistoryAsync(folder, "--irc", "127.0.0.1:0", "--history-replay", "0");

    private static async Task<LineSocket> LogInAsync(ParleyServer server, string name, string password)
    {
        LineSocket client = await LineSocket.ConnectAsync(server.IrcPort);
        foreach (string line in new[]
        {
            "CAP REQ :sasl batch draft/chathistory draft/read-marker message-tags server-time soju.im/search", $"NICK {name}", $"USER {name} 0 * :{name}",
            "AUTHENTICATE PLAIN", $"AUTHENTICATE {Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{name}\0{password}"))}",
        })
        {
            await client.SendLineAsync(line);
        }

        await ReadToAsync(client, line => line.Contains(" 903 ", StringComparison.Ordinal));
        await client.SendLineAsync("CAP END");
        await ReadToAsync(client, line => line.Contains(" 422 ", StringComparison.Ordinal) || line.Contains(" 376 ", StringComparison.Ordinal));
        return client;
    }

    /// <summary>All that comes behind a command, up to the answer to a PING behind it.</summary>
    private static async Task<List<string>> AskAsync(LineSocket client, string line)
    {
        await client.SendLineAsync(line);
        await client.SendLineAsync("PING done");
        return await ReadToAsync(client, read => PongOf().IsMatch(read));
    }

    private static async Task<List<string>> ReadToAsync(LineSocket client, Predicate<string> isLast)
    {
        List<string> lines = [];
        while (await client.ReadLineAsync() is { } line)
        {
            Assert.DoesNotContain(" 904 ", line, StringComparison.Ordinal);
            lines.Add(line.TrimEnd('\r'));
            if (isLast(line))
            {
                return lines;
            }
        }

        throw new EndOfStreamException(string.Join('\n', lines));
    }

    /// <summary>The last parameters of the lines of a command.</summary>
    private static string[] TextsOf(List<string> lines, string command)
        => [.. from line in lines
               let match = LineOf().Match(line)
               where match.Success && match.Groups["command"].Value == command
               select match.Groups["text"].Value];

    private static async Task<string[]> RunAsync(params string[] arguments)
    {
        await using ChildProcess parley = ParleyBinary.Run(arguments);
        Assert.True(await parley.ExitAsync() == 0, $"{parley}");
        return [.. parley.Output.All];
    }

    private static async Task<int> ExitAsync(params string[] arguments)
    {
        await using ChildProcess parley = ParleyBinary.Run(arguments);
        return await parley.ExitAsync();
    }

    [GeneratedRegex(@"PONG .*done")]
    private static partial Regex PongOf();

    [GeneratedRegex(@"^(?:@\S+ )?:\S+ (?<command>[A-Z]+) \S+ :?(?<text>.*)$")]
    private static partial Regex LineOf();
}
