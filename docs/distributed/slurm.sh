#!/usr/bin/env bash
# A study of 1,000 replications as an array of ten tasks. Merge them when all have ended:
#   pathway simulate --replications 1000 --merge parts/*.json
#SBATCH --job-name=pathway
#SBATCH --array=0-9
#SBATCH --cpus-per-task=4
#SBATCH --time=01:00:00
#SBATCH --output=pathway-%a.log
set -euo pipefail

each=100
first=$((SLURM_ARRAY_TASK_ID * each))
last=$((first + each - 1))
mkdir -p parts
pathway simulate "${PROJECT:-.}" --replications "$first-$last" --workers "${SLURM_CPUS_PER_TASK:-1}" \
  --out "parts/$SLURM_ARRAY_TASK_ID.json"
