using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using Parley.Cli.Chat;
using Parley.Cli.Terminal;
using Parley.Net.Resolve;

namespace Parley.Cli.Resolve;

/// <summary>Resolves names and tells each the moment it is known.</summary>
internal static class ResolveCommand
{
    public static async Task<int> RunAsync(string[] names, ResolveOptions options, bool isJson)
    {
        // The system's resolver keeps a thread for each name: without them, fewer would be in flight than were asked for.
        ThreadPool.GetMinThreads(out int threads, out int ports);
        ThreadPool.SetMinThreads(threads + options.Degree, ports);

        using var stop = new StopSignals();
        using var progress = ProgressLine.OnStandardError();
        var json = new JsonLines(Console.Out);
        var resolver = new ParallelResolver(new SystemNameResolver(), options);
        IAsyncEnumerable<string> texts = names.Length > 0 ? names.ToAsyncEnumerable() : ReadInputAsync(stop.Token);
        int done = 0;
        int failed = 0;
        try
        {
            await foreach (ResolveResult result in resolver.ResolveAsync(texts, stop.Token).ConfigureAwait(false))
            {
                done++;
                failed += result.Error is null ? 0 : 1;
                progress.Clear();
                if (isJson)
                {
                    json.Write(members => Write(members, result));
                }
                else if (result.Error is null)
                {
                    await Console.Out.WriteLineAsync($"{result.Text}  {string.Join(' ', result.Addresses.Select(address => Text(address, result.Port)))}").ConfigureAwait(false);
                }
                else
                {
                    await Console.Error.WriteLineAsync(VisibleText.Of(result.Error)).ConfigureAwait(false);
                }

                progress.Show(() => string.Create(CultureInfo.InvariantCulture, $"{done} done, {failed} failed"));
            }
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            return stop.Code;
        }

        return failed == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private static async IAsyncEnumerable<string> ReadInputAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var input = StandardInputReader.Start(StandardStreams.OpenInput());
        await foreach (ReadOnlyMemory<byte> line in InputLines.ReadAsync(input, cancellationToken).ConfigureAwait(false))
        {
            string text = Encoding.UTF8.GetString(line.Span).Trim();
            if (text.Length > 0)
            {
                yield return text;
            }
        }
    }

    private static void Write(System.Text.Json.Utf8JsonWriter json, ResolveResult result)
    {
        json.WriteString("name", result.Text);
        if (result.Error is not null)
        {
            json.WriteString("error", result.Error);
            return;
        }

        json.WriteStartArray("addresses");
        foreach (IPAddress address in result.Addresses)
        {
            json.WriteStringValue(address.ToString());
        }

        json.WriteEndArray();
        if (result.Port is { } port)
        {
            json.WriteNumber("port", port);
        }

        json.WriteNumber("elapsedMs", Milliseconds.Number(result.Elapsed));
    }

    private static string Text(IPAddress address, int? port) =>
        port is { } number ? new IPEndPoint(address, number).ToString() : address.ToString();
}
