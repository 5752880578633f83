using System.Text;
using Parley.Core.Text;
using Parley.Protocol.Lines;

namespace Parley.Cli.Chat;

/// <summary>Says nothing while all goes well, and why not otherwise: <see cref="LineDetail.Quiet"/>.</summary>
/// <remarks>A message has been said when the server echoes it. Whoever is not echoed as often as it has spoken was refused something.</remarks>
/// <param name="options">What the client was asked to do.</param>
internal sealed class QuietReport(ChatOptions options)
{
    // The last words are the ones that say why.
    private const int MaxNotices = 5;

    private readonly Queue<string> _notices = new();
    private string _name = "";
    private bool _isPast;
    private int _echoes;
    private int _said;

    /// <summary>Notes a line that is sent; one that says something is to be heard again.</summary>
    public void Send(ReadOnlySpan<byte> line)
    {
        if (line.Length > 0 && (line[0] != '/' || line is [_, (byte)'/', ..] || IsCommand(line, "/msg "u8) || IsCommand(line, "/me "u8)))
        {
            Interlocked.Increment(ref _said);
        }
    }

    /// <summary>Notes a line that comes.</summary>
    public void Receive(string text)
    {
        if (options.Addressed)
        {
            if (text.StartsWith("error: ", StringComparison.Ordinal))
            {
                AddNotice(text);
            }

            return;
        }

        ServerLine line = ServerLineParser.Parse(text);
        switch (line.Kind)
        {
            case ServerLineKind.YouAre:
                _name = line.Name;
                break;
            case ServerLineKind.Renamed when IsMe(line.Name):
                _name = line.Text;
                break;
            case ServerLineKind.History:
                _isPast = line.Text.StartsWith("earlier ", StringComparison.Ordinal) || line.Text.StartsWith("found ", StringComparison.Ordinal);
                break;
            case ServerLineKind.Message or ServerLineKind.Action when IsMe(line.Name) && !_isPast:
            case ServerLineKind.DirectTo when !_isPast:
                _echoes++;
                break;
            case ServerLineKind.Notice or ServerLineKind.InNoRoom when _name.Length > 0:
                AddNotice(text);
                break;
        }
    }

    /// <summary>Tells what went wrong, if anything did.</summary>
    /// <returns>Whether all went well.</returns>
    public bool Write(TextWriter output)
    {
        int lost = options.Addressed ? 0 : Volatile.Read(ref _said) - _echoes;
        bool isNamed = options.Addressed || options.Login is not { } login || IsMe(login);
        if (lost <= 0 && isNamed && (!options.Addressed || _notices.Count == 0))
        {
            return true;
        }

        foreach (string notice in _notices)
        {
            output.WriteLine(notice);
        }

        if (!isNamed && options.Password is null)
        {
            output.WriteLine($"The name was {_name}, not {options.Login}");
        }

        if (lost > 0)
        {
            output.WriteLine($"{lost} of {Counted.Of(_said, "line")} {(lost == 1 ? "was" : "were")} not said");
        }

        return false;
    }

    private void AddNotice(string text)
    {
        _notices.Enqueue(Terminal.VisibleText.Of(text));
        if (_notices.Count > MaxNotices)
        {
            _notices.Dequeue();
        }
    }

    private static bool IsCommand(ReadOnlySpan<byte> line, ReadOnlySpan<byte> command)
        => line.Length > command.Length && Ascii.EqualsIgnoreCase(line[..command.Length], command);

    private bool IsMe(string name) => name.Equals(_name, StringComparison.OrdinalIgnoreCase);
}
