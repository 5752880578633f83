using System.Net;
using System.Net.Sockets;
using Parley.Cli.Chat;
using Parley.Cli.Terminal;
using Parley.Core.Text;
using Parley.Net.Echo;

namespace Parley.Cli.Echo;

/// <summary>Sends to an echo server and reports what came back.</summary>
internal static class EchoSendCommand
{
    private static readonly TimeSpan ProgressPeriod = TimeSpan.FromMilliseconds(250);

    public static async Task<int> RunAsync(ServerAddress server, EchoLoad load, bool isJson)
    {
        using var stop = new StopSignals();
        var sender = new EchoSender(load);
        long start = TimeProvider.System.GetTimestamp();
        try
        {
            IPAddress[] addresses = await Dns.GetHostAddressesAsync(server.Host, stop.Token).ConfigureAwait(false);
            Task<EchoReport> sending = sender.SendAsync(new IPEndPoint(addresses[0], server.Port), stop.Token);
            await ShowProgressAsync(sender.Report, load, sending).ConfigureAwait(false);
            await sending.ConfigureAwait(false);
        }
        catch (SocketException)
        {
            await Console.Error.WriteLineAsync($"Cannot find the host {server.Host}. Check its name, or give its address").ConfigureAwait(false);
            return ExitCode.Failed;
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            // What came back by now is reported all the same.
        }

        EchoReportWriter.Write(Console.Out, sender.Report, load, TimeProvider.System.GetElapsedTime(start), isJson);
        return stop.Token.IsCancellationRequested ? stop.Code : sender.Report.IsClean ? ExitCode.Done : ExitCode.Failed;
    }

    private static async Task ShowProgressAsync(EchoReport report, EchoLoad load, Task sending)
    {
        using var progress = ProgressLine.OnStandardError();
        using var period = new PeriodicTimer(ProgressPeriod, TimeProvider.System);
        while (await Task.WhenAny(sending, period.WaitForNextTickAsync(CancellationToken.None).AsTask()).ConfigureAwait(false) != sending)
        {
            progress.Show(() => $"{report.Connected} of {load.Clients} connected, {report.Returned} of {Counted.Of((long)load.Clients * load.LinesPerClient, "line")} back");
        }
    }
}
