using System.Net;
using System.Net.Sockets;
using Parley.Cli.Terminal;
using Parley.Net.Collect;

namespace Parley.Cli.Collect;

/// <summary>Runs a collector until it is told to stop, or nobody reads what it writes.</summary>
internal static class CollectCommand
{
    public static async Task<int> RunAsync(IPEndPoint endPoint, StatusCollectorOptions options, bool isJson)
    {
        using var stop = new StopSignals();
        Stream output = StandardStreams.OpenOutput();
        IStatusSink sink = isJson ? new JsonStatusSink(output) : new TextStatusSink(output);
        try
        {
            await using StatusCollector collector = StatusCollector.Start(endPoint, sink, options);
            await Console.Error.WriteLineAsync($"{"collect",-10} {collector.EndPoint}").ConfigureAwait(false);
            await Console.Error.WriteLineAsync("ready").ConfigureAwait(false);
            await stop.WaitAsync().ConfigureAwait(false);
            return ExitCode.Done;
        }
        catch (SocketException e)
        {
            await Console.Error.WriteLineAsync(ListenFailure.Describe(e, endPoint)).ConfigureAwait(false);
            return ExitCode.Failed;
        }
    }
}
