using System.Buffers;
using Microsoft.Extensions.Hosting;
using Parley.Core.Accounts;
using Parley.Core.Broker;
using Parley.Core.Events;
using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Server.Irc.Wire;
using Parley.Server.Moderation;
using Parley.Server.Options;

namespace Parley.Server.Push;

/// <summary>Pushes direct messages and mentions to the devices of accounts whose owners are away or not here. A task of its own, off the lane and the loops.</summary>
internal sealed class PushDispatcher(
    PushIntake intake, PushDesk desk, PushQueues queues, PushMonitor monitor, IBroker broker, ServerBans bans, ParleyOptions options, TimeProvider time)
    : IHostedService, IDisposable
{
    /// <summary>Interval at which old subscriptions are looked for.</summary>
    public static readonly TimeSpan SweepInterval = TimeSpan.FromHours(1);

    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;
    private Task _sweeping = Task.CompletedTask;
    private bool _hasFailed;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (desk.IsOn)
        {
            desk.WhenEnded = queues.Forget;
            _running = Task.Run(RunAsync, CancellationToken.None);
            _sweeping = Task.Run(SweepAgainAndAgainAsync, CancellationToken.None);
        }

        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        intake.Complete();
        await _stopping.CancelAsync();
        await _running;
        await _sweeping;
        await queues.StopAsync();
    }

    public void Dispose() => _stopping.Dispose();

    private async Task RunAsync()
    {
        await foreach (var candidate in intake.Candidates.ReadAllAsync(CancellationToken.None))
        {
            await GuardAsync(() => candidate switch
            {
                { Posted: { } posted } => PushAsync(posted),
                { Left: { } place, Account: { } account } => desk.KeepPlaceAsync(account.Id, place).AsTask(),
                { Sent: { } sent, Account: { } recipient } => PushAsync(recipient, default, events => Line(output => events.Write(Plain(sent), response: null, output))),
                _ => Task.CompletedTask,
            });
        }
    }

    private async Task PushAsync(MessagePosted message)
    {
        foreach (var account in intake.Names?.In(message.Text.Span, message.Actor.Identity) ?? [])
        {
            await PushAsync(account, message.Room, events => Line(output => events.Write(Plain(message), response: null, output)));
        }
    }

    private async Task PushAsync(ProvenAccount account, RoomName room, Func<IrcEvents, byte[]> write)
    {
        var last = room.IsEmpty ? null : await desk.FindPlaceAsync(account.Id, _stopping.Token);
        if (bans.Find((last ?? Nowhere(account)).As(account)) is not null
            || await broker.LookAsync(SessionId.Server, new FindAttention(account, room, last), _stopping.Token) != Attention.Away)
        {
            return;
        }

        foreach (var subscription in await desk.ListAsync(account, _stopping.Token))
        {
            var line = write(new IrcEvents(PushCapabilities.Read(subscription.Capabilities), options.ServerName, maxPlainLines: 1));
            if (line.Length is > 0 and <= PushEncryption.MaxMessage)
            {
                queues.Offer(new PushTarget(account, subscription), new PushMessage(line));
            }
        }
    }

    private static LastPlace Nowhere(ProvenAccount account) => new(account.Name, "", "", []);

    /// <summary>Tags of other clients take room and are about what is on a screen; the message's id, its time and its author's account stay.</summary>
    private static DirectMessage Plain(DirectMessage message) => message with { Draft = Plain(message.Draft) };

    private static MessagePosted Plain(MessagePosted message) => message with { Draft = Plain(message.Draft) };

    private static MessageDraft Plain(MessageDraft draft) => draft with { Tags = default, Label = null };

    /// <summary>The first line of what is written, without its ending: a push is one message of IRC, so of several lines it has the first.</summary>
    private static byte[] Line(Action<IBufferWriter<byte>> write)
    {
        var output = new ArrayBufferWriter<byte>(512);
        write(output);
        var end = output.WrittenSpan.IndexOf("\r\n"u8);
        return output.WrittenSpan[..(end < 0 ? output.WrittenCount : end)].ToArray();
    }

    private async Task SweepAgainAndAgainAsync()
    {
        using var timer = new PeriodicTimer(SweepInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stopping.Token))
            {
                queues.Sweep();
                await GuardAsync(() => desk.SweepAsync(_stopping.Token));
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    private async Task GuardAsync(Func<Task> work)
    {
        try
        {
            await work();
            _hasFailed = false;
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            monitor.Dropped();
        }
        catch (Exception e)
        {
            // Whatever it is, the messages behind this one are not to stand still for it.
            monitor.Dropped();
            if (!_hasFailed)
            {
                monitor.StoreFailed(e.Message);
            }

            _hasFailed = true;
        }
    }
}
