using Parley.Protocol.Lines;

namespace Parley.Cli.Chat;

/// <summary>Tells what a script wants to read from what the server says to everybody who comes: <see cref="LineDetail.Answers"/>.</summary>
/// <param name="login">The name that the client itself asks for, whose change is no answer; null for none.</param>
internal sealed class AnswerFilter(string? login)
{
    private const string TopicOfJoin = "Topic - ";

    private string _name = "";
    private bool _isIn;
    private bool _isAnswered;
    private bool _hasJustJoined;
    private HistoryBlock _block;
    private volatile bool _hasInputEnded;

    private enum HistoryBlock
    {
        None,
        Replayed,
        Asked,
    }

    /// <summary>From now on what others say is of no interest: the client only waits for the answers to what it has sent.</summary>
    public void EndInput() => _hasInputEnded = true;

    /// <summary>True if the next line is to be printed. MUST be asked about every line, in order.</summary>
    public bool IsShown(ServerLine line)
    {
        bool hasJustJoined = _hasJustJoined;
        bool isTopicOfJoin = hasJustJoined && line.Kind == ServerLineKind.Notice && line.Text.StartsWith(TopicOfJoin, StringComparison.Ordinal);
        _hasJustJoined = line.Kind == ServerLineKind.YouJoined || isTopicOfJoin;
        switch (line.Kind)
        {
            case ServerLineKind.Notice when isTopicOfJoin:
                return _isAnswered;
            case ServerLineKind.YouAre:
                _name = line.Name;
                return false;
            case ServerLineKind.YouJoined:
                // The first one is the server's doing.
                (_isAnswered, _isIn) = (_isIn, true);
                return _isAnswered;
            case ServerLineKind.History:
                return IsHistoryShown(line, hasJustJoined);
            case ServerLineKind.Renamed when IsMe(line.Name):
                bool isAsked = login is null || !line.Text.Equals(login, StringComparison.OrdinalIgnoreCase);
                _name = line.Text;
                return isAsked;
            case ServerLineKind.Message or ServerLineKind.Action when _block != HistoryBlock.None:
                return _block == HistoryBlock.Asked;
            case ServerLineKind.Message or ServerLineKind.Action or ServerLineKind.Joined or ServerLineKind.Left or ServerLineKind.Renamed:
                return !IsMe(line.Name) && !_hasInputEnded;
            case ServerLineKind.DirectTo:
                return false;
            case ServerLineKind.Notice:
                // The list of commands, which greets whoever connects.
                return _name.Length > 0 || !(line.Text == "Server commands" || line.Text.StartsWith("  /", StringComparison.Ordinal));
            default:
                return true;
        }
    }

    private bool IsHistoryShown(ServerLine line, bool hasJustJoined)
    {
        HistoryBlock block = _block;
        bool isStart = line.Text.StartsWith("earlier ", StringComparison.Ordinal) || line.Text.StartsWith("found ", StringComparison.Ordinal);
        _block = !isStart ? HistoryBlock.None : hasJustJoined ? HistoryBlock.Replayed : HistoryBlock.Asked;
        return isStart ? _block == HistoryBlock.Asked : block != HistoryBlock.Replayed;
    }

    private bool IsMe(string name) => name.Equals(_name, StringComparison.OrdinalIgnoreCase);
}
