using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading.Channels;

namespace Parley.TestKit;

/// <summary>A mail server on a free port of this machine, as far as a client that hands in letters needs one (RFC 5321): it keeps them for the test.</summary>
public sealed class MailServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Task> _conversations = [];
    private readonly Channel<ReceivedLetter> _letters = Channel.CreateUnbounded<ReceivedLetter>();
    private readonly Task _accepting;
    private int _isDisposed;

    /// <summary>Begins to listen.</summary>
    public MailServer()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where it is, as <c>--smtp</c> takes it.</summary>
    public string Address => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>Certificate with which it begins TLS; null if it cannot.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>True if TLS begins with the first byte.</summary>
    public bool IsEncryptedAtOnce { get; init; }

    /// <summary>Name and password that it asks for, with a NUL before each; null for none.</summary>
    public string? Login { get; init; }

    /// <summary>Answer to a reader's address; one that begins with 2 takes it.</summary>
    public string AnswerToReader { get; set; } = "250 taken";

    /// <summary>True if it says nothing at all.</summary>
    public bool IsSilent { get; init; }

    /// <summary>The next letter.</summary>
    public Task<ReceivedLetter> NextAsync() => _letters.Reader.ReadAsync(_stop.Token).AsTask().WithinSafetyAsync();

    /// <summary>True if no letter has come that nobody has looked at.</summary>
    public bool IsEmpty => _letters.Reader.Count == 0;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 1)
        {
            return;
        }

        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(_conversations).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            var client = await _listener.AcceptTcpClientAsync(_stop.Token);
            _conversations.Add(ServeAsync(client));
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            Stream stream = client.GetStream();
            if (IsEncryptedAtOnce)
            {
                stream = await EncryptAsync(stream);
            }

            var letter = new ReceivedLetter();
            var (reader, writer) = Over(stream);
            if (!IsSilent)
            {
                await writer.WriteLineAsync("220 mail.test ESMTP");
            }

            while (await reader.ReadLineAsync(_stop.Token) is { } line)
            {
                switch (line.Split(' ')[0].ToUpperInvariant())
                {
                    case "EHLO":
                        var isClear = stream is not SslStream && Certificate is not null;
                        await writer.WriteLineAsync($"250-mail.test\r\n{(isClear ? "250-STARTTLS\r\n" : "")}{(Login is null ? "" : "250-AUTH PLAIN\r\n")}250 8BITMIME");
                        break;
                    case "STARTTLS" when Certificate is not null:
                        await writer.WriteLineAsync("220 go ahead");
                        stream = await EncryptAsync(stream);
                        (reader, writer) = Over(stream);
                        break;
                    case "AUTH" when Login is not null:
                        var isRight = line.Split(' ') is [_, "PLAIN", var proof] && Encoding.UTF8.GetString(Convert.FromBase64String(proof)) == Login;
                        await writer.WriteLineAsync(isRight ? "235 welcome" : "535 wrong name or password");
                        break;
                    case "MAIL":
                        letter = new ReceivedLetter { From = line, WasEncrypted = stream is SslStream };
                        await writer.WriteLineAsync("250 go on");
                        break;
                    case "RCPT":
                        letter = letter with { To = line };
                        await writer.WriteLineAsync(AnswerToReader);
                        break;
                    case "DATA":
                        await writer.WriteLineAsync("354 go on");
                        letter = letter with { Text = await ReadTextAsync(reader) };
                        await _letters.Writer.WriteAsync(letter, _stop.Token);
                        await writer.WriteLineAsync("250 taken");
                        break;
                    case "QUIT":
                        await writer.WriteLineAsync("221 bye");
                        return;
                    default:
                        await writer.WriteLineAsync("250 if you say so");
                        break;
                }
            }
        }
    }

    private async Task<string> ReadTextAsync(StreamReader reader)
    {
        var text = new StringBuilder();
        while (await reader.ReadLineAsync(_stop.Token) is { } line && line != ".")
        {
            text.Append(line.StartsWith('.') ? line[1..] : line).Append('\n');
        }

        return text.ToString();
    }

    private async Task<Stream> EncryptAsync(Stream stream)
    {
        var encrypted = new SslStream(stream);
        await encrypted.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = Certificate }, _stop.Token);
        return encrypted;
    }

    private static (StreamReader Reader, StreamWriter Writer) Over(Stream stream)
        => (new StreamReader(stream, new UTF8Encoding(false)), new StreamWriter(stream, new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true });
}
