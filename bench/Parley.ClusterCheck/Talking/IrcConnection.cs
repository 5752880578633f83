using System.Net;
using System.Net.Sockets;
using System.Text;
using Parley.ClusterCheck.Records;

namespace Parley.ClusterCheck.Talking;

/// <summary>A client's connection to a node: writes down in its journal all that is sent and comes.</summary>
/// <remarks>Answers are known by their labels. Whoever sends waits for the answer, and messages are sent without waiting for those before.</remarks>
internal sealed class IrcConnection : IDisposable
{
    private const string Capabilities = "message-tags server-time echo-message labeled-response batch draft/chathistory";
    private const string NameTaken = "433";
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(3);

    // A frozen node takes connections, and says nothing; while the database is away, nobody comes in anywhere.
    private static readonly TimeSpan RegisterTimeout = TimeSpan.FromSeconds(30);

    private readonly Socket _socket;
    private readonly StreamReader _reader;
    private readonly SemaphoreSlim _writing = new(1);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, TaskCompletionSource<IReadOnlyList<IrcLine>>> _asked = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Label, string Text)> _posts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OpenBatch> _batches = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _arriving = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource<bool> _registered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly RunClock _clock;
    private readonly string _wanted;
    private int _labels;
    private Task _reading = Task.CompletedTask;

    private IrcConnection(Socket socket, Journal journal, string nick, RunClock clock)
    {
        (_socket, Journal, _wanted, _clock) = (socket, journal, nick, clock);
        _reader = new StreamReader(new NetworkStream(socket), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }

    /// <summary>What happened on it.</summary>
    public Journal Journal { get; }

    /// <summary>Name that it has; empty as long as it has none.</summary>
    public string Nick { get; private set; } = "";

    /// <summary>True if it has ended.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Completes when it has ended.</summary>
    public Task Ended => _reading;

    /// <summary>Number of messages that are not answered.</summary>
    public int Unanswered
    {
        get
        {
            lock (_gate)
            {
                return _posts.Count;
            }
        }
    }

    /// <summary>Connects, and comes in under a name: as long as another has it, it is asked for again.</summary>
    /// <exception cref="IOException">The connection does not come about, or ends.</exception>
    public static async Task<IrcConnection> ConnectAsync(IPEndPoint address, Journal journal, string nick, RunClock clock, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(ConnectTimeout);
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address, limit.Token);
        }
        catch (Exception e)
        {
            socket.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            throw new IOException($"{address} cannot be reached: {e.Message}", e);
        }

        var connection = new IrcConnection(socket, journal, nick, clock);
        connection._reading = Task.Run(connection.ReadAllAsync, CancellationToken.None);
        try
        {
            await connection.SendAsync($"CAP REQ :{Capabilities}\r\nNICK {nick}\r\nUSER {journal.Title} 0 * :{journal.Title}\r\nCAP END");
            if (!await connection._registered.Task.WaitAsync(RegisterTimeout, cancellationToken))
            {
                throw new IOException("The connection has ended.");
            }

            return connection;
        }
        catch (Exception e)
        {
            await connection.HangUpAsync();
            connection.Dispose();
            throw e is TimeoutException ? new IOException("Nobody answers.", e) : e;
        }
    }

    /// <summary>Says something, and does not wait for the answer.</summary>
    public async Task PostAsync(string target, string text)
    {
        string label;
        lock (_gate)
        {
            label = NextLabel();
            _posts[label] = (label, text);
            Note(new Note.Sent(_clock.Now, target, text));
        }

        await SendAsync($"@label={label} PRIVMSG {target} :{text}");
    }

    /// <summary>Comes into a room.</summary>
    public async Task<bool> JoinAsync(string room) => IsDone($"JOIN {room}", await AskAsync($"JOIN {room}"));

    /// <summary>Leaves a room.</summary>
    public async Task<bool> LeaveAsync(string room, string reason)
    {
        Note(new Note.Leaving(_clock.Now, room, reason));
        return IsDone($"PART {room}", await AskAsync($"PART {room} :{reason}"));
    }

    /// <summary>Takes another name; false if it is refused.</summary>
    public async Task<bool> RenameAsync(string name)
    {
        Note(new Note.Renaming(_clock.Now, name));
        var answer = await AskAsync($"NICK {name}");
        if (!answer.Any(line => line.Command == NameTaken) && IsDone($"NICK {name}", answer))
        {
            return true;
        }

        Note(new Note.RenameRefused(_clock.Now, name));
        return false;
    }

    /// <summary>Asks who is in a room, and writes it down.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(string room)
        => [.. (await AskAsync($"NAMES {room}")).Where(line => line.Command == "353").SelectMany(NamesOf)];

    /// <summary>Reads the last messages of a room from history.</summary>
    public async Task<IReadOnlyList<(long Number, string Text)>> ReadAsync(string room, int count)
        => [.. (await AskAsync($"CHATHISTORY LATEST {room} * {count}")).Where(line => line.Command == "PRIVMSG" && line.Place is not null).Select(line => (line.Place!.Value.Number, line.Last))];

    /// <summary>Writes something down.</summary>
    public void Note(Note note) => Journal.Add(note);

    /// <summary>Ends it without a word, and returns when nothing more is written down.</summary>
    public async Task HangUpAsync()
    {
        _socket.Dispose();
        await _reading;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _socket.Dispose();
        _reader.Dispose();
    }

    private static IEnumerable<string> NamesOf(IrcLine line) => line.Last.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name => name.TrimStart('@', '%', '+'));

    /// <summary>True if a command was answered with itself; whatever else comes is written down.</summary>
    private bool IsDone(string command, IReadOnlyList<IrcLine> answer)
    {
        var isDone = answer.Any(line => command.StartsWith(line.Command, StringComparison.Ordinal));
        if (!isDone && !HasEnded)
        {
            Note(new Note.Failed(_clock.Now, command, string.Join(" / ", answer.Select(line => $"{line.Command} {line.Last}"))));
        }

        return isDone;
    }

    private string NextLabel() => $"l{++_labels}";

    private async Task<IReadOnlyList<IrcLine>> AskAsync(string command)
    {
        var answer = new TaskCompletionSource<IReadOnlyList<IrcLine>>(TaskCreationOptions.RunContinuationsAsynchronously);
        string label;
        lock (_gate)
        {
            label = NextLabel();
            if (HasEnded)
            {
                return [];
            }

            _asked[label] = answer;
        }

        await SendAsync($"@label={label} {command}");
        return await answer.Task;
    }

    private async Task SendAsync(string line)
    {
        await _writing.WaitAsync();
        try
        {
            ReadOnlyMemory<byte> bytes = Encoding.UTF8.GetBytes(line + "\r\n");
            while (!bytes.IsEmpty)
            {
                bytes = bytes[await _socket.SendAsync(bytes, SocketFlags.None)..];
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The reader finds the end, too.
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task ReadAllAsync()
    {
        var reason = "the server has closed it";
        try
        {
            while (await _reader.ReadLineAsync() is { } text)
            {
                if (IrcLine.Of(text) is { } line)
                {
                    if (line.Command == "ERROR")
                    {
                        reason = line.Last;
                    }

                    await ReceiveAsync(line);
                }
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or SocketException)
        {
            reason = e.Message;
        }

        _socket.Dispose();
        Note(new Note.Ended(_clock.Now, reason));
        TaskCompletionSource<IReadOnlyList<IrcLine>>[] waiting;
        lock (_gate)
        {
            HasEnded = true;
            waiting = [.. _asked.Values];
            _asked.Clear();
            _posts.Clear();
        }

        foreach (var answer in waiting)
        {
            answer.TrySetResult([]);
        }

        _registered.TrySetResult(false);
    }

    private async Task ReceiveAsync(IrcLine line)
    {
        switch (line.Command)
        {
            case "PING":
                await SendAsync($"PONG :{line.Last}");
                return;
            case "001":
                Nick = line.Parameters[0];
                Note(new Note.Named(_clock.Now, Nick));
                _registered.TrySetResult(true);
                return;
            case NameTaken when Nick.Length == 0:
                // The server forgets a connection that is gone, or a node that is, in a moment.
                _ = AskForNameAgainAsync();
                return;
            case "CAP" when line.Parameters.Contains("NAK", StringComparer.Ordinal):
                throw new IOException($"The server does not know all of {Capabilities}.");
            case "BATCH":
                TakeBatch(line);
                return;
        }

        var batch = line.Batch.Length > 0 ? _batches.GetValueOrDefault(line.Batch) : null;
        var label = line.Label.Length > 0 ? line.Label : batch?.Label ?? "";
        if (batch is not { IsAnswer: true, Type: "chathistory" })
        {
            Show(line, label);
        }

        if (batch is { IsAnswer: true })
        {
            batch.Lines.Add(line);
        }
        else if (label.Length > 0)
        {
            Answer(label, [line]);
        }
    }

    private async Task AskForNameAgainAsync()
    {
        await Task.Delay(TimeSpan.FromMilliseconds(250));
        await SendAsync($"NICK {_wanted}");
    }

    private void TakeBatch(IrcLine line)
    {
        var name = line.Parameters[0];
        if (name[0] == '+')
        {
            var outer = line.Batch.Length > 0 ? _batches.GetValueOrDefault(line.Batch) : null;
            var label = line.Label.Length > 0 ? line.Label : outer?.Label ?? "";
            _batches[name[1..]] = new OpenBatch(line.Parameters[1], label, outer is { IsAnswer: true } ? outer.Lines : []);
        }
        else if (_batches.Remove(name[1..], out var batch) && batch.IsAnswer && line.Batch.Length == 0)
        {
            Answer(batch.Label, batch.Lines);
        }
    }

    /// <summary>Writes down what a line shows.</summary>
    private void Show(IrcLine line, string label)
    {
        var (now, isOwn) = (_clock.Now, string.Equals(line.Source, Nick, StringComparison.OrdinalIgnoreCase));
        switch (line.Command)
        {
            case "PRIVMSG" when line.Place is { } place:
                Say(line, label, place, now, isOwn);
                break;
            case "JOIN" when isOwn:
                _arriving[line.Parameters[0]] = [];
                break;
            case "JOIN":
                Note(new Note.OtherEntered(now, line.Parameters[0], line.Source));
                break;
            case "353" when _arriving.TryGetValue(line.Parameters[2], out var names):
                names.AddRange(NamesOf(line));
                break;
            case "366" when _arriving.Remove(line.Parameters[1], out var names):
                Note(new Note.Entered(now, line.Parameters[1], names));
                break;
            case "PART" when isOwn:
                Note(new Note.Left(now, line.Parameters[0]));
                break;
            case "PART":
                Note(new Note.OtherLeft(now, line.Parameters[0], line.Source));
                break;
            case "QUIT" when !isOwn:
                Note(new Note.OtherQuit(now, line.Source));
                break;
            case "NICK":
                if (isOwn)
                {
                    Nick = line.Parameters[0];
                    Note(new Note.Named(now, Nick));
                }

                Note(new Note.OtherRenamed(now, line.Source, line.Parameters[0]));
                break;
            case "NOTICE" when line.Last.Contains("dropped", StringComparison.Ordinal):
                Note(new Note.ToldOfGap(now));
                break;
        }
    }

    private void Say(IrcLine line, string label, (string Room, long Number) place, TimeSpan now, bool isOwn)
    {
        var isMine = false;
        lock (_gate)
        {
            isMine = label.Length > 0 && _posts.TryGetValue(label, out var post) && post.Text == line.Last;
        }

        if (isMine)
        {
            Note(new Note.Acknowledged(now, place.Room, place.Number, line.Last));
        }

        if (place.Room.Length > 0)
        {
            Note(new Note.Shown(now, place.Room, place.Number, line.Source, line.Last));
        }
        else if (!isOwn)
        {
            Note(new Note.ShownDirect(now, place.Number, line.Source, line.Last));
        }
    }

    private void Answer(string label, IReadOnlyList<IrcLine> lines)
    {
        TaskCompletionSource<IReadOnlyList<IrcLine>>? asked;
        lock (_gate)
        {
            _asked.Remove(label, out asked);
            if (_posts.Remove(label, out var post) && !lines.Any(line => line.Command == "PRIVMSG" && line.Last == post.Text))
            {
                Note(new Note.Refused(_clock.Now, post.Text, string.Join(" / ", lines.Select(line => $"{line.Command} {line.Last}"))));
            }
        }

        asked?.TrySetResult(lines);
    }

    /// <summary>A batch that has begun and not ended.</summary>
    private sealed record OpenBatch(string Type, string Label, List<IrcLine> Lines)
    {
        public bool IsAnswer => Label.Length > 0;
    }
}
