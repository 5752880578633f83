namespace Parley.Tour;

/// <summary>Work on the value that a <see cref="PoisonMutex{T}"/> guards.</summary>
/// <remarks>An <c>async</c> lambda cannot take a <c>ref</c>, so the compiler sees to it that nobody awaits with the lock in hand.</remarks>
public delegate void GuardedAction<T>(ref T value);
