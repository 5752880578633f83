namespace Parley.Tour;

/// <summary>Work with a result on the value that a <see cref="PoisonMutex{T}"/> guards; see <see cref="GuardedAction{T}"/>.</summary>
public delegate TResult GuardedFunc<T, out TResult>(ref T value);
