using System.Net.Sockets;
using Parley.Client;

namespace Parley.Cli.Chat;

/// <summary>One run of the plain client: the user's lines to the server, the server's lines to the screen, both at once.</summary>
/// <remarks>
/// How it ends: the server closes after the user asked for it (<c>/quit</c>, or the end of the input): 0. The server
/// closes unasked, or cannot be reached: 1. <see cref="ChatTerminal.Ended"/> completes: what that says, at once.
/// </remarks>
internal sealed class ChatSession
{
    private readonly ChatOptions _options;
    private readonly ChatTerminal _terminal;
    private volatile bool _quitAsked;
    private volatile bool _inputEnded;

    public ChatSession(ChatOptions options, ChatTerminal terminal)
    {
        _options = options;
        _terminal = terminal;
    }

    /// <summary>Connects and chats until one side has had enough; the result is the exit code.</summary>
    public async Task<int> RunAsync()
    {
        using var leave = new CancellationTokenSource();
        Task<int> chat = ChatAsync(leave.Token);
        Task<int> first = await Task.WhenAny(chat, _terminal.Ended).ConfigureAwait(false);
        // Not awaited after this: the chat may be stuck in a write to a screen that nobody reads.
        await leave.CancelAsync().ConfigureAwait(false);
        return await first.ConfigureAwait(false);
    }

    private async Task<int> ChatAsync(CancellationToken leave)
    {
        ParleyConnection connection;
        try
        {
            connection = await ParleyConnection
                .ConnectAsync(_options.Address.Host, _options.Address.Port, cancellationToken: leave)
                .ConfigureAwait(false);
        }
        catch (Exception e) when (e is SocketException or TimeoutException)
        {
            return Fail(ConnectFailure.Describe(e, _options));
        }

        await using (connection.ConfigureAwait(false))
        {
            // The addressed server says nothing until it has something to deliver: an empty screen would look broken.
            if (_terminal.IsInteractive && _options.Addressed)
            {
                _terminal.Notices.WriteLine(
                    $"Connected to {_options.Address} as {_options.Login}. Write NAME: MESSAGE, and Ctrl+D to leave.");
            }

            // Not awaited: the end of the input is not the end of the chat, and the chat does not wait for the input.
            _ = SendInputAsync(connection, leave);
            return await PrintAsync(connection, leave).ConfigureAwait(false);
        }
    }

    private async Task SendInputAsync(ParleyConnection connection, CancellationToken leave)
    {
        try
        {
            if (_options.FirstLine is { } first)
            {
                await connection.SendAsync(first, leave).ConfigureAwait(false);
            }

            await foreach (ReadOnlyMemory<byte> line in InputLines.ReadAsync(_terminal.Input, leave).ConfigureAwait(false))
            {
                // Before the send: the server may close before the send has returned.
                _quitAsked |= !_options.Addressed && InputLines.IsQuit(line.Span);
                await connection.SendAsync(line, leave).ConfigureAwait(false);
            }

            _inputEnded = true;
            await connection.CompleteAsync(leave).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The connection is over: the printing side tells what there is to tell.
        }
    }

    private async Task<int> PrintAsync(ParleyConnection connection, CancellationToken leave)
    {
        var screen = new ScreenWriter(_terminal.Output, dimNotices: _terminal.HasColour && !_options.Addressed);
        try
        {
            await CopyToScreenAsync(connection, screen, leave).ConfigureAwait(false);
            return _quitAsked || _inputEnded ? ExitCode.Done : Fail("Server closed the connection");
        }
        catch (ScreenException e)
        {
            return e.IsClosedPipe ? ExitCode.Done : Fail(e.Message);
        }
        catch (InvalidDataException e)
        {
            return Fail(e.Message);
        }
        catch (IOException e)
        {
            // A server that was told to quit owes nothing more; after the end of the input it still owes the answers.
            return _quitAsked ? ExitCode.Done : Fail($"Connection lost: {(e.InnerException ?? e).Message}");
        }
    }

    private static async Task CopyToScreenAsync(ParleyConnection connection, ScreenWriter screen, CancellationToken leave)
    {
        // Not disposed of: when the screen fails, a read is under way in it, and it ends with the connection.
        IAsyncEnumerator<string> lines = connection.ReadLinesAsync(leave).GetAsyncEnumerator(leave);
        while (true)
        {
            ValueTask<bool> next = lines.MoveNextAsync();
            // Lines that came together are shown together: they wait only while the next one is there already.
            if (!next.IsCompletedSuccessfully)
            {
                await screen.FlushAsync().ConfigureAwait(false);
            }

            if (!await next.ConfigureAwait(false))
            {
                break;
            }

            await screen.WriteAsync(lines.Current).ConfigureAwait(false);
        }

        await screen.FlushAsync().ConfigureAwait(false);
    }

    private int Fail(string message)
    {
        _terminal.Notices.WriteLine(message);
        return ExitCode.Failed;
    }
}
