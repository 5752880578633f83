using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Messages;

/// <summary>Tests about what is said.</summary>
public abstract class MessageTest : ConformanceTest
{
    private protected const string Privmsg = "https://modern.ircdocs.horse/#privmsg-message";
    private protected const string Notice = "https://modern.ircdocs.horse/#notice-message";
    private protected const string Ctcp = "https://modern.ircdocs.horse/ctcp";
    private protected const string MessageTags = "https://ircv3.net/specs/extensions/message-tags";
    private protected const string Multiline = "https://ircv3.net/specs/extensions/multiline";
    private protected const string LabeledResponse = "https://ircv3.net/specs/extensions/labeled-response";
    private protected const string Batch = "https://ircv3.net/specs/extensions/batch";
    private protected const string Metadata = "https://ircv3.net/specs/extensions/metadata";

    /// <summary>Ann and Bob, who are in <c>#room</c>; Ann made it.</summary>
    private protected async Task<(IrcClient Ann, IrcClient Bob)> MeetAsync(string ann = "", string bob = "")
    {
        var all = await Server.JoinAllAsync("#room", ("Ann", ann), ("Bob", bob));
        return (all[0], all[1]);
    }

    /// <summary>What a line from a client means to those who read it.</summary>
    private protected static IEnumerable<string> Bodies(IEnumerable<IrcLine> lines) => lines.Select(line => line.Body);
}
