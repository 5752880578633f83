#:property PublishAot=false

// State behind a mutex
//
// Some things belong together: here two accounts whose sum must stay the same. A lock lets one thread in at a time, so
// everybody sees the state before or after a transfer, never in the middle. The lock and what it guards live in one class,
// and nothing of the guarded state leaves it except copies: then nobody can forget to take the lock.
//
// The trap: a method that returns the guarded list itself, or one that calls a stranger's code (an event, a callback) while
// it holds the lock. The first lets the state out without its lock. The second lets strangers wait for locks of their own
// inside yours, which is half of a deadlock. And a lock is not held across an await: the compiler refuses it.
//
// In Parley: src/Parley.Server/Connections/ConnectionGate.cs keeps its counts so; src/Parley.Core/Broker/Rooms/Room.cs is the large
// one. Where two locks are needed, ARCHITECTURE.md says in which order they are taken.
//
// Output:
//   40000 transfers, 0 times the sum was wrong
//   in the end 1000 in both

var bank = new Bank(600, 400);
Thread[] threads = [.. Enumerable.Range(0, 4).Select(number => new Thread(() => MoveBackAndForth(1 + number)))];
Array.ForEach(threads, thread => thread.Start());

int wrong = 0;
do
{
    (int left, int right) = bank.Balances();
    wrong += left + right == 1000 ? 0 : 1;
}
while (threads.Any(thread => thread.IsAlive));

Array.ForEach(threads, thread => thread.Join());
Console.WriteLine($"{bank.Transfers} transfers, {wrong} times the sum was wrong");
Console.WriteLine($"in the end {bank.Balances().Left + bank.Balances().Right} in both");

void MoveBackAndForth(int amount)
{
    for (int i = 0; i < 5_000; i++)
    {
        bank.Transfer(amount);
        bank.Transfer(-amount);
    }
}

internal sealed class Bank(int left, int right)
{
    private readonly Lock _gate = new();
    private int _left = left;
    private int _right = right;
    private int _transfers;

    public int Transfers
    {
        get
        {
            lock (_gate)
            {
                return _transfers;
            }
        }
    }

    public void Transfer(int amount)
    {
        lock (_gate)
        {
            _left -= amount;
            _right += amount;
            _transfers++;
        }
    }

    // Both in one go: asked for one after the other, they could be from before and after a transfer.
    public (int Left, int Right) Balances()
    {
        lock (_gate)
        {
            return (_left, _right);
        }
    }
}
