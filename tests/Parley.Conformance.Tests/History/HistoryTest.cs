using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.History;

/// <summary>Tests of what was said before.</summary>
public abstract class HistoryTest : ConformanceTest
{
    private protected const string Spec = "https://ircv3.net/specs/extensions/chathistory";

    private protected const string Tags = "batch server-time message-tags echo-message";

    private protected const string Full = $"{Tags} draft/chathistory";

    private protected const string Playback = $"{Full} draft/event-playback";

    /// <summary>Says a number of things, a second apart: <c>1</c>, <c>2</c> and so on.</summary>
    /// <returns>The echoes.</returns>
    private protected async Task<IrcLine[]> SayAsync(IrcClient client, string target, int count, int first = 1)
    {
        var echoes = new IrcLine[count];
        for (var i = 0; i < count; i++)
        {
            await client.SendAsync($"PRIVMSG {target} :{first + i}");
            echoes[i] = await client.ExpectAsync("PRIVMSG");
            Server.Time.Advance(TimeSpan.FromSeconds(1));
        }

        return echoes;
    }

    /// <summary>Sends a command that one batch answers, and returns what is in it.</summary>
    private protected static async Task<IrcLine[]> BatchAsync(IrcClient client, string command, string type, params string[] parameters)
    {
        var answer = await client.AskAsync(command);
        Assert.True(answer.Count >= 2 && answer[0].Command == "BATCH", $"{command}: {string.Join('\n', answer)}");
        var id = answer[0].Parameters[0];
        Assert.StartsWith("+", id, StringComparison.Ordinal);
        Assert.Equal([type, .. parameters], answer[0].Parameters.Skip(1));
        Assert.Equal("BATCH", answer[^1].Command);
        Assert.Equal(["-" + id[1..]], answer[^1].Parameters);
        Assert.All(answer.Skip(1).SkipLast(1), line => Assert.Equal(id[1..], line.Tags.GetValueOrDefault("batch")));
        return [.. answer.Skip(1).SkipLast(1)];
    }

    /// <summary>Asks for history, of which the target is the second parameter.</summary>
    private protected static Task<IrcLine[]> HistoryAsync(IrcClient client, string parameters)
        => BatchAsync(client, $"CHATHISTORY {parameters}", "chathistory", parameters.Split(' ')[1]);

    private protected static string[] Texts(IEnumerable<IrcLine> lines) => [.. lines.Select(line => line.Text)];

    private protected static string[] Numbers(int first, int last) => [.. Enumerable.Range(first, last - first + 1).Select(number => $"{number}")];

    /// <summary>How a message is referred to.</summary>
    private protected static string Ref(IrcLine message, bool byId)
        => byId ? $"msgid={message.Tags["msgid"]}" : $"timestamp={message.Tags["time"]}";

    /// <summary>The answer is one refusal.</summary>
    private protected static async Task RefusedAsync(IrcClient client, string command, params string[] parameters)
    {
        var line = Assert.Single(await client.AskAsync(command));
        Assert.Equal("FAIL", line.Command);
        Assert.Equal(parameters, line.Parameters.Take(parameters.Length));
        Assert.Equal(parameters.Length + 1, line.Parameters.Count);
    }
}
