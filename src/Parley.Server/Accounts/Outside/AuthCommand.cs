using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Logging;
using Parley.Core.Names;
using Parley.Server.Options;

namespace Parley.Server.Accounts.Outside;

/// <summary>Asks a program of the operator's whether a name and a password belong together, in place of the passwords that are kept here.</summary>
/// <remarks>
/// It is given both on its standard input, a line each, and answers by its exit code: 0 they do, 1 they do not, anything else: it cannot
/// say. It has <c>--auth-command-timeout</c> for that, with the time that it waited for its turn, as so many run at a time, and is killed
/// then, with what it has started, as it is when the connection breaks. A client that has only ended its side of it may read the answer still. Of what it writes 4 KiB are kept, of which the log has the first line where
/// it fails. It sees no setting of the server's in its environment.
/// </remarks>
internal sealed class AuthCommand : IDisposable
{
    private const int MaxOutputBytes = 4096;

    private readonly string _program;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;
    private readonly ILogger<AuthCommand> _logger;
    private readonly SemaphoreSlim _places;

    public AuthCommand(ParleyOptions options, TimeProvider time, ILogger<AuthCommand> logger)
    {
        (_program, _timeout, _time, _logger) = (options.AuthCommand, options.AuthCommandTimeout, time, logger);
        _places = new SemaphoreSlim(options.AuthCommandProcesses);
    }

    /// <summary>True if they belong together.</summary>
    /// <param name="name">A name that an account may have.</param>
    /// <param name="password">The password; without control characters, of which one could end its line.</param>
    /// <param name="cancellationToken">Gives up: the client has gone.</param>
    /// <exception cref="AuthCommandException">The program has not decided.</exception>
    public async Task<bool> VouchesForAsync(UserName name, string password, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(_timeout, _time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await _places.WaitAsync(end.Token);
            try
            {
                // Starting a process blocks, and the caller may be on a socket loop.
                return await Task.Run(() => RunAsync($"{name.Value}\n{password}\n", end.Token), CancellationToken.None);
            }
            finally
            {
                _places.Release();
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw Failure($"it has not decided within {_timeout.TotalSeconds:0.###} s");
        }
    }

    public void Dispose() => _places.Dispose();

    private async Task<bool> RunAsync(string input, CancellationToken end)
    {
        using var process = Start();
        try
        {
            // Reading goes on while writing: a program may write before it reads, and pipes are small. What it says is for the log alone.
            _ = ReadAsync(process.StandardOutput.BaseStream, end);
            var errors = ReadAsync(process.StandardError.BaseStream, end);
            await WriteAsync(process, input, end);
            await process.WaitForExitAsync(end);
            return process.ExitCode switch
            {
                0 => true,
                1 => false,
                _ => throw Failure($"exit code {process.ExitCode}: {FirstLine(await errors)}"),
            };
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private Process Start()
    {
        var start = new ProcessStartInfo(_program)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PARLEY_", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        try
        {
            return Process.Start(start)!;
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException)
        {
            throw Failure($"it cannot be started ({e.Message})");
        }
    }

    private static async Task WriteAsync(Process process, string input, CancellationToken end)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(Encoding.UTF8.GetBytes(input), end);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It does not read, or has ended: what it says counts.
        }
    }

    /// <summary>Reads to the end, and keeps as much of it as there may be: a program that nobody listens to would wait.</summary>
    private static async Task<byte[]> ReadAsync(Stream stream, CancellationToken end)
    {
        var (kept, rest) = (new byte[MaxOutputBytes], new byte[MaxOutputBytes]);
        var length = 0;
        try
        {
            while (await stream.ReadAsync(length < kept.Length ? kept.AsMemory(length) : rest, end) is > 0 and var read)
            {
                length = Math.Min(kept.Length, length + read);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // It has ended.
        }

        return kept[..length];
    }

    private static string FirstLine(byte[] text) => Encoding.UTF8.GetString(text).Split('\n', 2)[0].Trim();

    private AuthCommandException Failure(string reason)
    {
        Log.AuthCommandFailed(_logger, _program, reason);
        return new AuthCommandException(reason);
    }
}
