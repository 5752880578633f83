using System.Text;
using Parley.Protocol.Lines;

namespace Parley.Cli.Load;

/// <summary>The lines protocol: the server gives a name, and everything that is no command is said.</summary>
internal sealed class LinesLoadDialect : LoadDialect
{
    public override string Protocol => "lines protocol";

    public override IReadOnlyList<string> Opening => [];

    public override (IReadOnlyList<string> Answers, bool IsIn) Enter(string line, string room)
    {
        ServerLine said = ServerLineParser.Parse(line);
        if (said.Kind == ServerLineKind.YouAre)
        {
            Name = said.Name;
        }
        else if (said.Kind == ServerLineKind.YouJoined && Name.Length > 0)
        {
            return string.Equals(said.Name, room, StringComparison.OrdinalIgnoreCase) ? ([], true) : ([$"/join {room}"], false);
        }

        return ([], false);
    }

    public override int TextIn(ReadOnlySpan<byte> line) => line.IndexOf(": "u8) + 2;

    public override ServerLine Parse(ReadOnlySpan<byte> line) => ServerLineParser.Parse(Encoding.UTF8.GetString(line));
}
