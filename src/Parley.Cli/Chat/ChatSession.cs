using System.Net.Sockets;
using System.Security.Authentication;
using Parley.Cli.Terminal;
using Parley.Client;
using Parley.Protocol.Lines;

namespace Parley.Cli.Chat;

/// <summary>One run of the plain client: the user's lines to the server, the server's lines to the screen, both at once.</summary>
/// <remarks>
/// How it ends: the server closes after the user asked for it (<c>/quit</c>, or the end of the input): 0. The server
/// closes unasked, lets nobody in, or cannot be reached: 1. <see cref="ChatTerminal.Ended"/> completes: what that says, at once.
/// </remarks>
internal sealed class ChatSession
{
    private readonly ChatOptions _options;
    private readonly ChatTerminal _terminal;
    private readonly AnswerFilter? _answers;
    private readonly QuietReport? _quiet;
    private readonly TypedLogin? _login;
    private readonly TypedPassword _password;
    private readonly TaskCompletionSource _loggedIn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _quitAsked;
    private volatile bool _inputEnded;
    private volatile bool _isRefused;
    private bool _isLetIn;

    public ChatSession(ChatOptions options, ChatTerminal terminal)
    {
        _options = options;
        _terminal = terminal;
        _answers = options is { Detail: LineDetail.Answers, Addressed: false } ? new AnswerFilter(options.Login) : null;
        _isLetIn = options.Addressed;
        _quiet = options.Detail == LineDetail.Quiet ? new QuietReport(options) : null;
        _password = new TypedPassword(options.Addressed ? null : terminal.Echo);
        _login = options is { Addressed: false, Login: { } login, Password: { } password } ? new TypedLogin(login, password) : null;
    }

    /// <summary>Connects and chats until one side has had enough; the result is the exit code.</summary>
    public async Task<int> RunAsync()
    {
        using var leave = new CancellationTokenSource();
        Task<int> chat = ChatAsync(leave.Token);
        Task<int> first = await Task.WhenAny(chat, _terminal.Ended).ConfigureAwait(false);
        // Not awaited after this: the chat may be stuck in a write to a screen that nobody reads.
        await leave.CancelAsync().ConfigureAwait(false);
        _password.End();
        return await first.ConfigureAwait(false);
    }

    private async Task<int> ChatAsync(CancellationToken leave)
    {
        ParleyConnection connection;
        var servers = new ServerList([_options.Address.EndPoint, .. _options.Others.Select(other => other.EndPoint)]);
        try
        {
            connection = await servers.ConnectToAnyAsync(new ClientOptions { Tls = _options.Tls }, leave).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SocketException or TimeoutException or AuthenticationException or IOException)
        {
            return Fail(ConnectFailure.Describe(e, _options));
        }

        await using (connection.ConfigureAwait(false))
        {
            // The addressed server says nothing until it has something to deliver: an empty screen would look broken.
            if (_terminal.IsInteractive && _options.Addressed)
            {
                _terminal.Notices.WriteLine(
                    $"Connected to {new ServerAddress(servers.Current.Host, servers.Current.Port)} as {_options.Login}. Write NAME: MESSAGE, and Ctrl+D to leave.");
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
            if (_login is not null)
            {
                // Nothing else before the server has said how it went: the next line is the password.
                await connection.SendAsync(_login.Command, leave).ConfigureAwait(false);
                await _loggedIn.Task.WaitAsync(leave).ConfigureAwait(false);
                if (_terminal.IsPipe && !_login.IsIn)
                {
                    // What a script says as somebody is not to be said by a guest.
                    _isRefused = true;
                    await connection.CompleteAsync(leave).ConfigureAwait(false);
                    return;
                }
            }

            if (_options.FirstLine is { } first && _login is not { IsIn: true })
            {
                await connection.SendAsync(first, leave).ConfigureAwait(false);
            }

            await foreach (ReadOnlyMemory<byte> line in InputLines.ReadAsync(_terminal.Input, leave).ConfigureAwait(false))
            {
                // Before the send: the server may close before the send has returned.
                _quitAsked |= !_options.Addressed && InputLines.IsQuit(line.Span);
                _quiet?.Send(line.Span);
                _password.Typed(line.Span);
                await connection.SendAsync(line, leave).ConfigureAwait(false);
            }

            _inputEnded = true;
            _answers?.EndInput();
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
            bool isSaid = _quiet?.Write(_terminal.Notices) ?? true;
            if (_isRefused)
            {
                return Fail($"Not logged in as {_options.Login}: nothing was said");
            }

            return !_isLetIn || !(_quitAsked || _inputEnded) ? Fail("Server closed the connection") : isSaid ? ExitCode.Done : ExitCode.Failed;
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

    private async Task CopyToScreenAsync(ParleyConnection connection, ScreenWriter screen, CancellationToken leave)
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

            if (_login is { IsOver: false })
            {
                if (_login.Answer(ServerLineParser.Parse(lines.Current)) is { } answer)
                {
                    // The question was not for the user.
                    await connection.SendAsync(answer, leave).ConfigureAwait(false);
                    continue;
                }

                if (_login.IsOver)
                {
                    _loggedIn.TrySetResult();
                }
            }

            ServerLine line = ServerLineParser.Parse(lines.Current);
            _isLetIn |= line.Kind == ServerLineKind.YouAre;
            _quiet?.Receive(lines.Current);
            _password.Said(line);
            if (_quiet is null && _answers?.IsShown(line) != false)
            {
                await screen.WriteAsync(lines.Current).ConfigureAwait(false);
            }
        }

        await screen.FlushAsync().ConfigureAwait(false);
    }

    private int Fail(string message)
    {
        _terminal.Notices.WriteLine(message);
        return ExitCode.Failed;
    }
}
