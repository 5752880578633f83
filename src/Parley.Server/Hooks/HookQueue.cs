using System.Threading.Channels;
using Parley.Core.Events;
using Parley.Core.Hooks;
using Parley.Server.Posting;

namespace Parley.Server.Hooks;

/// <summary>One hook's messages, in order: one at a time is sent, and tried again until it is taken or given up, while the others wait, the oldest of too many are dropped.</summary>
internal sealed class HookQueue : IDisposable
{
    /// <summary>Messages that wait for a hook.</summary>
    public const int Capacity = 1000;

    /// <summary>Attempts for one message: with the pauses between, about eight minutes.</summary>
    public const int MaxAttempts = 10;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    private readonly HookSender _sender;
    private readonly HookMonitor _monitor;
    private readonly TimeProvider _time;
    private readonly Random _random;
    private readonly Channel<MessagePosted> _messages;
    private readonly CancellationTokenSource _hurry = new();
    private readonly CancellationTokenSource _abort = new();
    private readonly Task _running;
    private bool _isFailing;
    private volatile bool _isOverflowing;

    public HookQueue(WebHook hook, HookSender sender, HookMonitor monitor, TimeProvider time, Random random)
    {
        (Hook, _sender, _monitor, _time, _random) = (hook, sender, monitor, time, random);
        _messages = Channel.CreateBounded<MessagePosted>(
            new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true }, OnDropped);
        _running = Task.Run(RunAsync);
    }

    public WebHook Hook { get; }

    /// <summary>Takes a message in, if the hook is about such. Never blocks.</summary>
    public void Offer(MessagePosted message)
    {
        if (Hook.Wants(message) && HookPayload.HasText(message))
        {
            _messages.Writer.TryWrite(message);
        }
    }

    /// <summary>Takes no more; completes when what waits was tried once more each, with no pauses.</summary>
    public async Task FinishAsync()
    {
        _messages.Writer.TryComplete();
        await _hurry.CancelAsync();
        await _running;
    }

    /// <summary>Gives up what waits.</summary>
    public async Task AbortAsync()
    {
        await _abort.CancelAsync();
        await FinishAsync();
    }

    public void Dispose()
    {
        _hurry.Dispose();
        _abort.Dispose();
    }

    private async Task RunAsync()
    {
        var abandoned = 0;
        await foreach (var message in _messages.Reader.ReadAllAsync())
        {
            if (_abort.IsCancellationRequested)
            {
                abandoned++;
                continue;
            }

            if (_messages.Reader.Count == 0)
            {
                _isOverflowing = false;
            }

            await DeliverAsync(message);
        }

        if (abandoned > 0)
        {
            _monitor.Abandoned(Hook, abandoned);
        }
    }

    private async Task DeliverAsync(MessagePosted message)
    {
        var body = HookPayload.Encode(message, Hook);
        for (var attempt = 1; ; attempt++)
        {
            var result = await AttemptAsync(body);
            if (result.IsTaken)
            {
                _monitor.Delivered(Hook, isRecovery: _isFailing);
                _isFailing = false;
                return;
            }

            var isTriedAgain = result.MayHelp && attempt < MaxAttempts && !_hurry.IsCancellationRequested;
            _monitor.Failed(Hook, result.Reason, isNews: isTriedAgain && !_isFailing);
            _isFailing = true;
            if (!isTriedAgain)
            {
                _monitor.GaveUp(Hook, PostedMessage.Of(message).Id, result.Reason);
                return;
            }

            await Task.Delay(Pause(attempt, result.RetryAfter), _time, _hurry.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<HookResult> AttemptAsync(byte[] body)
    {
        try
        {
            return await _sender.SendAsync(Hook, body, _abort.Token);
        }
        catch (OperationCanceledException)
        {
            return new(IsTaken: false, MayHelp: false, default, "the server has stopped, or the hook was removed");
        }
        catch (Exception e)
        {
            // Whatever it is, the messages behind this one are not to stand still for it.
            return new(IsTaken: false, MayHelp: true, default, e.Message);
        }
    }

    /// <summary>Twice as long each time, and never the same for all: many hooks of one server that was away do not come back at once.</summary>
    private TimeSpan Pause(int attempt, TimeSpan retryAfter)
    {
        var longest = FirstPause * Math.Pow(2, attempt - 1);
        var pause = longest * (0.5 + (_random.NextDouble() / 2));
        pause = pause > retryAfter ? pause : retryAfter;
        return pause < LongestPause ? pause : LongestPause;
    }

    private void OnDropped(MessagePosted message)
    {
        _monitor.Overflowed(Hook, isFirst: !_isOverflowing);
        _isOverflowing = true;
    }
}
