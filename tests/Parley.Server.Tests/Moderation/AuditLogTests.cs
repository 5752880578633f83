using Microsoft.Extensions.Logging;
using Parley.Core.Accounts;
using Parley.Core.Moderation;
using Parley.Server.Moderation;
using Parley.Server.Options;
using Parley.TestKit;

namespace Parley.Server.Tests.Moderation;

public sealed class AuditLogTests : IDisposable
{
    private readonly HeldStore _store = new();
    private readonly CollectedLog _log = new();
    private readonly ManualTimeProvider _time = new();
    private readonly AuditLog _audit;

    public AuditLogTests() => _audit = new AuditLog(_store, new ParleyOptions(), _time, _log.CreateLogger<AuditLog>());

    public void Dispose() => _audit.Dispose();

    [Fact]
    public async Task A_decision_is_told_when_its_record_is_kept_and_not_before()
    {
        _store.Hold();
        var first = _audit.RecordAsync("root", "kick", subject: "1");
        await _store.Asked.WithinSafetyAsync();
        var second = _audit.RecordAsync("root", "kick", subject: "2");

        Assert.False(first.IsCompleted || second.IsCompleted);
        _store.Release();
        await Task.WhenAll(first, second).WithinSafetyAsync();

        Assert.Equal(["1", "2"], _store.Kept);
    }

    [Fact]
    public async Task A_store_that_fails_keeps_nobody_waiting_and_the_record_is_in_the_log_and_kept_later()
    {
        await _audit.StartAsync(TestContext.Current.CancellationToken);
        _store.Fails = true;
        await _audit.RecordAsync("root", "kick", "main", "mallory", "enough").WithinSafetyAsync();
        Assert.Single(_log.Entries, entry => entry.Id == 811);
        Assert.Contains("root kick main mallory enough", Assert.Single(_log.Entries, entry => entry.Id == 812).Message, StringComparison.Ordinal);

        _store.Fails = false;
        _time.Advance(TimeSpan.FromMinutes(1));
        await _store.KeptOne.WithinSafetyAsync();
        Assert.Equal(["mallory"], _store.Kept);
    }

    [Fact]
    public async Task Reasons_and_topics_are_kept_as_people_read_them()
    {
        await _audit.RecordAsync("root", "topic", "main", reason: "\u00034,1red\u0003 and \u0002bold\u000F").WithinSafetyAsync();

        Assert.Equal(["red and bold"], _store.Reasons);
    }

    [Fact]
    public async Task The_stop_tries_once_more()
    {
        _store.Fails = true;
        await _audit.RecordAsync("root", "kick", subject: "mallory").WithinSafetyAsync();
        _store.Fails = false;

        await _audit.StopAsync(TestContext.Current.CancellationToken).WithinSafetyAsync();

        Assert.Equal(["mallory"], _store.Kept);
    }

    [Fact]
    public async Task The_stop_tries_once_more_what_fails_meanwhile()
    {
        _store.Hold();
        var recording = _audit.RecordAsync("root", "kick", subject: "mallory");
        await _store.Asked.WithinSafetyAsync();
        _store.FailsOnce = true;

        var stopping = _audit.StopAsync(TestContext.Current.CancellationToken);
        _store.Release();
        await recording.WithinSafetyAsync();
        await stopping.WithinSafetyAsync();

        Assert.Equal(["mallory"], _store.Kept);
    }

    [Fact]
    public async Task With_a_bound_of_zero_nothing_is_recorded()
    {
        using var off = new AuditLog(_store, new ParleyOptions { AuditEntries = 0 }, _time, _log.CreateLogger<AuditLog>());
        await off.RecordAsync("root", "kick").WithinSafetyAsync();
        await off.StopAsync(TestContext.Current.CancellationToken);
        Assert.Empty(_store.Kept);
    }

    private sealed class HeldStore : IAuditStore
    {
        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _keptOne = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private TaskCompletionSource? _held;

        public List<string> Kept { get; } = [];

        public List<string> Reasons { get; } = [];

        public bool Fails { get; set; }

        public bool FailsOnce { get; set; }

        public Task Asked => _asked.Task;

        public Task KeptOne => _keptOne.Task;

        public void Hold() => _held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Release() => _held!.SetResult();

        public async ValueTask AppendAsync(IReadOnlyList<AuditEntry> entries, int keep, CancellationToken cancellationToken = default)
        {
            _asked.TrySetResult();
            if (_held is { } held)
            {
                await held.Task;
            }

            var fails = Fails || FailsOnce;
            FailsOnce = false;
            if (fails)
            {
                throw new AccountStoreException("accounts.db has no room left");
            }

            Kept.AddRange(entries.Select(entry => entry.Subject));
            Reasons.AddRange(entries.Select(entry => entry.Reason));
            _keptOne.TrySetResult();
        }

        public ValueTask<IReadOnlyList<AuditEntry>> ReadAsync(int last, DateTimeOffset? since = null, CancellationToken cancellationToken = default)
            => ValueTask.FromResult<IReadOnlyList<AuditEntry>>([]);
    }
}
