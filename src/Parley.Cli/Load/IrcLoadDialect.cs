using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Parley.Protocol.Irc;
using Parley.Protocol.Lines;

namespace Parley.Cli.Load;

/// <summary>IRC: a client chooses its name, and is shown what it says itself (<c>echo-message</c>), so that it can be checked like anybody's.</summary>
internal sealed class IrcLoadDialect : LoadDialect
{
    private const string Echo = "echo-message";

    // Whoever can ask for history is shown none unasked.
    private const string History = "draft/chathistory";

    private readonly string _nick = "b" + RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", 9);
    private byte[] _sayPrefix = [];
    private int _capabilitiesAnswered;
    private string? _answer;

    public override string Protocol => "IRC";

    public override IReadOnlyList<string> Opening => [$"CAP REQ :{Echo}", $"CAP REQ :{History}", $"NICK {_nick}", "USER load 0 * :parley"];

    public override ReadOnlyMemory<byte> SayPrefix => _sayPrefix;

    public override (IReadOnlyList<string> Answers, bool IsIn) Enter(string line, string room)
    {
        if (!IrcMessage.TryParse(Encoding.UTF8.GetBytes(line), out IrcMessage message))
        {
            return ([], false);
        }

        switch (Text(message.Command))
        {
            case "PING":
                return ([Pong(message)], false);
            case "CAP" when Text(message.Parameter(1)) is "ACK" or "NAK":
                if (Text(message.Parameter(1)) == "NAK" && Text(message.Parameter(2)).Trim() == Echo)
                {
                    throw new AdmissionException($"The server has no {Echo}, without which a load cannot check what it says itself");
                }

                return (++_capabilitiesAnswered == 2 ? ["CAP END"] : [], false);
            case "001":
                Name = Text(message.Parameter(0));
                _sayPrefix = Encoding.UTF8.GetBytes($"PRIVMSG #{room} :");
                return ([$"JOIN #{room}"], false);
            case "366":
                return ([], true);
            default:
                return ([], false);
        }
    }

    public override int TextIn(ReadOnlySpan<byte> line) => line.IndexOf(" :"u8) + 2;

    public override ServerLine Parse(ReadOnlySpan<byte> line)
    {
        if (!IrcMessage.TryParse(line, out IrcMessage message))
        {
            return default;
        }

        string command = Text(message.Command);
        switch (command)
        {
            case "PRIVMSG":
                string source = Text(message.Source);
                return new ServerLine(ServerLineKind.Message, source.Split('!')[0], Text(message.Parameter(1)));
            case "NOTICE":
                // Of a server's notices only that about messages left out has to do with a load.
                ServerLine notice = ServerLineParser.Parse(Text(message.Parameter(1)));
                return notice.Kind == ServerLineKind.Dropped ? notice : new ServerLine(ServerLineKind.Joined, "", "");
            case "PING":
                _answer = Pong(message);
                break;
            case "ERROR" or "FAIL":
            case [>= '4' and <= '5', ..]:
                return new ServerLine(ServerLineKind.Notice, "", Encoding.UTF8.GetString(line));
        }

        return new ServerLine(ServerLineKind.Joined, "", "");
    }

    public override string? TakeAnswer()
    {
        string? answer = _answer;
        _answer = null;
        return answer;
    }

    private static string Pong(in IrcMessage ping) => string.Create(CultureInfo.InvariantCulture, $"PONG :{Text(ping.Parameter(0))}");

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);
}
