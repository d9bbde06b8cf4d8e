"""Runs both schedulers over a folder of inputs."""
import os
import pathlib
import shlex
import subprocess
from concurrent.futures import ThreadPoolExecutor

HOME = pathlib.Path(__file__).resolve().parents[2]


def ours(inputs, graphs, command=None):
    """One process for the whole folder. @return what it said when it could not do a file"""
    graphs.mkdir(parents=True, exist_ok=True)
    words = shlex.split(command) if command else [str(HOME / "ringfence")]
    done = subprocess.run([*words, "simulate", "--batch", str(inputs), "--save-graphs", str(graphs)],
                          capture_output=True, text=True)
    return done.stdout + done.stderr


def theirs(inputs, graphs, program="crm_simulate"):
    """One process for each file, two at a time. @return the names of the files that it refused, with its words"""
    graphs.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, "PCMK_logfacility": "none", "PCMK_logfile": "none"}

    def one(file):
        done = subprocess.run([program, "-x", str(file), "-R", "-G", str(graphs / file.name)],
                              capture_output=True, text=True, env=environment)
        words = done.stderr.strip() or done.stdout.strip()
        return (file.stem, words) if done.returncode or not (graphs / file.name).exists() else None

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return dict(filter(None, pool.map(one, sorted(inputs.glob("*.xml")))))
