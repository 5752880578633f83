using System.Net;
using System.Net.Sockets;
using Parley.Cli.Terminal;
using Parley.Core.Text;
using Parley.Net.Echo;

namespace Parley.Cli.Echo;

/// <summary>Runs an echo server until it is told to stop.</summary>
internal static class EchoServeCommand
{
    public static async Task<int> RunAsync(IPEndPoint endPoint, EchoServerOptions options)
    {
        using var stop = new StopSignals();
        try
        {
            await using EchoServer server = EchoServer.Start(endPoint, options);
            await Console.Out.WriteLineAsync($"{"echo",-10} {server.EndPoint}").ConfigureAwait(false);
            await Console.Out.WriteLineAsync("ready").ConfigureAwait(false);
            await stop.WaitAsync().ConfigureAwait(false);
            await Console.Error.WriteLineAsync($"{Counted.Of(server.ServedClients, "client")}, {Counted.Of(server.Lines, "line")}").ConfigureAwait(false);
            return ExitCode.Done;
        }
        catch (SocketException e)
        {
            await Console.Error.WriteLineAsync(ListenFailure.Describe(e, endPoint)).ConfigureAwait(false);
            return ExitCode.Failed;
        }
    }
}
