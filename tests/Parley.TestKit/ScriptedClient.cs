using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Parley.TestKit;

/// <summary>
/// A client that says what a test has it say, and expects what the test expects. It reads only when asked, so one that is
/// not asked is a client that does not read.
/// </summary>
public sealed class ScriptedClient(IClientEnd end, string name = "client") : IAsyncDisposable
{
    private readonly byte[] _buffer = new byte[16 * 1024];
    private readonly Transcript _transcript = new(name);
    private int _start;
    private int _end;

    /// <summary>The name it goes by, for those whose protocol gives it one.</summary>
    public string Name { get; set; } = name;

    /// <summary>Connects by TCP.</summary>
    public static async Task<ScriptedClient> ConnectAsync(EndPoint address, string name = "client", int? receiveBufferBytes = null)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (receiveBufferBytes is { } bytes)
        {
            socket.ReceiveBufferSize = bytes;
        }

        await socket.ConnectAsync(address).WithinSafetyAsync();
        return new ScriptedClient(new SocketEnd(socket), name);
    }

    /// <summary>Goes on where a test has begun by itself.</summary>
    public static ScriptedClient Over(Socket socket, string name = "client") => new(new SocketEnd(socket), name);

    /// <summary>Sends a line, ended by LF.</summary>
    public Task SendLineAsync(string line) => SendBytesAsync(Encoding.UTF8.GetBytes(line + "\n"));

    /// <summary>Sends lines in one piece.</summary>
    public Task SendLinesAsync(params string[] lines)
        => SendBytesAsync(Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n"))));

    /// <summary>Sends bytes as they are.</summary>
    public Task SendBytesAsync(ReadOnlyMemory<byte> bytes)
    {
        _transcript.Sent(bytes.Span);
        return _transcript.GuardAsync(end.WriteAsync(bytes).AsTask(), "to be able to send");
    }

    /// <summary>Reads a line, without its LF; null when the server has ended its side.</summary>
    /// <exception cref="IOException">The server has cut the connection off.</exception>
    public async Task<string?> ReadLineAsync()
    {
        var line = new List<byte>();
        while (true)
        {
            var length = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (length >= 0)
            {
                line.AddRange(_buffer.AsSpan(_start, length));
                _start += length + 1;
                return _transcript.Received([.. line]);
            }

            line.AddRange(_buffer.AsSpan(_start, _end - _start));
            (_start, _end) = (0, 0);
            _end = await _transcript.GuardAsync(end.ReadAsync(_buffer).AsTask(), "a line");
            if (_end == 0)
            {
                return line.Count == 0 ? null : throw _transcript.Failure($"a whole line before the end, not '{Encoding.UTF8.GetString(line.ToArray())}'");
            }
        }
    }

    /// <summary>Reads as many lines, which are these.</summary>
    public async Task ExpectAsync(params string[] lines)
    {
        foreach (var line in lines)
        {
            if (await ReadLineAsync() != line)
            {
                throw _transcript.Failure($"the last line to be '{line}'");
            }
        }
    }

    /// <summary>Reads a line that the whole of a pattern matches.</summary>
    public async Task<Match> ExpectMatchAsync(string pattern)
    {
        var line = await ReadLineAsync();
        var match = Regex.Match(line ?? "", $"^(?:{pattern})$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, Safety.Timeout);
        return line is not null && match.Success ? match : throw _transcript.Failure($"the last line to match '{pattern}'");
    }

    /// <summary>Reads until that line has come.</summary>
    /// <returns>The lines before it.</returns>
    public async Task<IReadOnlyList<string>> ReadUntilAsync(string line)
    {
        var before = new List<string>();
        while (await ReadLineAsync() is var read && read != line)
        {
            before.Add(read ?? throw _transcript.Failure($"'{line}' before the end"));
        }

        return before;
    }

    /// <summary>Reads until a line has come that contains this.</summary>
    /// <returns>That line.</returns>
    public async Task<string> ReadUntilContainsAsync(string text)
    {
        while (await ReadLineAsync() is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return line;
            }
        }

        throw _transcript.Failure($"'{text}' before the end");
    }

    /// <summary>Reads all lines to the orderly end of the connection.</summary>
    public async Task<IReadOnlyList<string>> ReadToEndAsync()
    {
        var lines = new List<string>();
        while (await ReadLineAsync() is { } line)
        {
            lines.Add(line);
        }

        return lines;
    }

    /// <summary>The server ends the connection in good order, with nothing left to read.</summary>
    public async Task ExpectClosedAsync()
    {
        if (await ReadLineAsync() is not null)
        {
            throw _transcript.Failure("the end instead of the last line");
        }
    }

    /// <summary>The server cuts the connection off, whatever it still sends before.</summary>
    public async Task ExpectCutOffAsync()
    {
        try
        {
            while (await ReadLineAsync() is not null)
            {
            }
        }
        catch (IOException)
        {
            return;
        }

        throw _transcript.Failure("to be cut off instead of an orderly end");
    }

    /// <summary>Sends no more, and goes on reading.</summary>
    public Task CompleteSendingAsync() => end.CompleteSendingAsync().AsTask();

    /// <summary>Is gone.</summary>
    public Task CloseAsync() => end.CloseAsync().AsTask();

    public ValueTask DisposeAsync() => end.CloseAsync();
}
